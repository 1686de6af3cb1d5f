/* Asks a security key and hands its answer to the form. Every page works without this file, by the
   codes of an authenticator app. */
(function () {
  "use strict";

  function toBytes(text) {
    var plain = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(window.atob(plain), function (char) { return char.charCodeAt(0); });
  }

  function toText(buffer) {
    var chars = Array.from(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); });
    return window.btoa(chars.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function withBytes(descriptors) {
    return (descriptors || []).map(function (each) {
      return Object.assign({}, each, { id: toBytes(each.id) });
    });
  }

  function options(question) {
    var asked = Object.assign({}, question.publicKey);
    asked.challenge = toBytes(asked.challenge);
    if (asked.user) { asked.user = Object.assign({}, asked.user, { id: toBytes(asked.user.id) }); }
    if (asked.excludeCredentials) { asked.excludeCredentials = withBytes(asked.excludeCredentials); }
    if (asked.allowCredentials) { asked.allowCredentials = withBytes(asked.allowCredentials); }
    return { publicKey: asked };
  }

  function answer(credential) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(
      function (name) {
        if (credential.response[name]) { response[name] = toText(credential.response[name]); }
      }
    );
    return JSON.stringify({
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      response: response,
      clientExtensionResults: credential.getClientExtensionResults()
    });
  }

  function arm(form) {
    var part = form.querySelector("[data-key-part]");
    var button = form.querySelector("[data-key-button]");
    var status = form.querySelector("[data-key-status]");
    var missing = document.querySelector("[data-key-missing]");
    var question = JSON.parse(form.getAttribute("data-question"));
    var deed = form.getAttribute("data-key");
    part.hidden = false;
    if (missing) { missing.hidden = true; }
    button.addEventListener("click", function () {
      status.textContent = status.getAttribute("data-waiting");
      navigator.credentials[deed](options(question)).then(function (credential) {
        form.elements.credential.value = answer(credential);
        form.submit();
      }).catch(function () {
        status.textContent = status.getAttribute("data-failed");
      });
    });
  }

  if (window.PublicKeyCredential && navigator.credentials) {
    document.querySelectorAll("form[data-key]").forEach(arm);
  }
})();
