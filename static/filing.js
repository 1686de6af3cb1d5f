/* Keeps a form on the server while it is typed; where the server does not answer, sealed on this
   device until it does. Every page works without this file, by its Save button. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-keep]");
  if (!form) { return; }
  var say = form.dataset, store = say.key && window.crypto.subtle ? "kept:" + say.slot : "";
  var pause = 0, retry = 0, wait = 4000, asked = null, flight = null;
  var changed = false, leaving = false, ended = false;
  var key = store && crypto.subtle.importKey("raw", bytes(say.key), "AES-GCM", false, ["encrypt", "decrypt"]);

  function bytes(text) { return Uint8Array.from(atob(text), function (c) { return c.charCodeAt(0); }); }
  function base64(buffer) { return btoa(Array.from(new Uint8Array(buffer), function (b) { return String.fromCharCode(b); }).join("")); }
  function saved() { return document.getElementById("saved"); }
  function token() { return form.elements.csrfmiddlewaretoken.value; }
  function nothing() { return null; }

  function status(words, door) {
    var line = saved().querySelector("[role=status]");
    if (!line) {
      line = document.createElement("p");
      line.className = "saved";
      line.setAttribute("role", "status");
      saved().append(line);
    }
    line.textContent = words;
    if (!door) { return; }
    var link = document.createElement("a");
    link.href = door; link.target = "_blank"; link.textContent = say.door;
    line.append(" ", link);
  }
  function body() {
    var data = new URLSearchParams(new FormData(form));
    if (say.address) { data.set("form", say.address); }
    return data;
  }
  /* what somebody typed, without what the server gives each page anew */
  function words(data) {
    var own = new URLSearchParams(data);
    ["csrfmiddlewaretoken", "form", "page", "version", "row-version", "row-key"].forEach(function (name) { own.delete(name); });
    return own.toString();
  }

  function seal() {
    if (!store) { return; }
    var data = body(), nonce = crypto.getRandomValues(new Uint8Array(12));
    data.delete("csrfmiddlewaretoken");
    key.then(function (k) {
      return crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, k, new TextEncoder().encode(data));
    }).then(function (sealed) {
      if (changed) { localStorage.setItem(store, base64(nonce) + "." + base64(sealed)); }
    }).catch(nothing);
  }
  function forget() { if (store) { localStorage.removeItem(store); } }

  function post(url, data, headers) {
    return fetch(url, {
      method: "POST", body: data, redirect: "manual", signal: AbortSignal.timeout(20000),
      keepalive: data.toString().length < 6e4,
      headers: Object.assign({ "HX-Request": "true", "HX-Current-URL": location.href }, headers)
    });
  }

  /* One request at a time. One that had no answer goes again as it was: what the server took of it
     it does not take twice. */
  function send() {
    clearTimeout(pause);
    clearTimeout(retry);
    if (flight) { return flight; }
    if (!asked) { asked = body(); changed = false; }
    status(say.saving);
    flight = post(say.keep, asked).then(function (answer) {
      var door = answer.headers.get("HX-Redirect");
      ended = !!door || answer.type === "opaqueredirect" || answer.status === 403;
      return answer.ok && !ended ? answer.text().then(took) : lost(door);
    }).catch(function () { return lost(); }).finally(function () { flight = null; });
    return flight;
  }
  function lost(door) {
    changed = true;
    seal();
    status(ended ? say.ended : say.lost, ended && (door || "/sign-in/"));
    if (!ended) { retry = setTimeout(send, wait); wait = Math.min(wait * 2, 30000); }
    return false;
  }
  function took(page) {
    var same = words(body()) === words(asked);
    asked = null;
    wait = 4000;
    saved().outerHTML = page;
    if (same) {
      saved().querySelectorAll("[data-merged]").forEach(function (each) { put(form.elements[each.dataset.merged], each.value); });
      changed = false;
      forget();
    } else {
      /* typed on meanwhile: over what was sent, not over what others' words were put to */
      var version = saved().querySelector("[name=version]");
      if (version && saved().dataset.read) { version.value = saved().dataset.read; }
      status(say.saving);
      pause = setTimeout(send, 800);
    }
    return true;
  }
  function put(field, value) {
    if (!field || field.value === value) { return; }
    if (field.type === "checkbox") { field.checked = value === "on"; return; }
    var at = field.selectionStart, before = field.value;
    field.value = value;
    if (field === document.activeElement && field.setSelectionRange) {
      if (value.slice(0, at) !== before.slice(0, at)) { at += value.length - before.length; }
      field.setSelectionRange(at, at);
    }
  }

  /* Signed in again in another tab: the page of this form then has a token of the new session. */
  function comeBack() {
    if (!ended) { return; }
    fetch(location.href, { redirect: "manual" }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (page) {
      var found = new DOMParser().parseFromString(page, "text/html").querySelector("form[data-keep] [name=csrfmiddlewaretoken]");
      if (!found) { return; }
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (each) { each.value = found.value; });
      if (asked) { asked.set("csrfmiddlewaretoken", found.value); }
      ended = false;
      send();
    }).catch(nothing);
  }
  function flush() {
    if (leaving || ended || !changed) { return; }
    seal();
    send();
  }

  form.addEventListener("input", function () {
    changed = true;
    seal();
    clearTimeout(pause);
    if (!ended) { pause = setTimeout(send, 1200); }
  });
  form.addEventListener("submit", function (event) {
    if (leaving || ended || !asked) { leaving = true; return; }
    /* the last words have no answer yet: the button waits for it, and for the server */
    event.preventDefault();
    send().then(function (done) {
      if (done) { leaving = true; form.requestSubmit(event.submitter); }
    });
  });
  document.addEventListener("visibilitychange", function () { (document.hidden ? flush : comeBack)(); });
  window.addEventListener("focus", comeBack);
  window.addEventListener("pagehide", function () {
    if (flight && changed && !leaving && !ended) { post(say.keep, body()).catch(nothing); }
    flush();
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  window.addEventListener("online", function () { if (asked) { send(); } });

  setInterval(function () {
    if (document.hidden || ended) { return; }
    post(say.here, new URLSearchParams({ csrfmiddlewaretoken: token() }), { "X-Background": "1" }).then(function (answer) {
      return answer.ok && !answer.headers.get("HX-Redirect") ? answer.text() : "";
    }).then(function (page) {
      if (page) { document.getElementById("here").outerHTML = page; }
    }).catch(nothing);
  }, 20000);

  /* What waits here from a tab that was killed is handed to the server, which shows it beside what
     is saved. */
  var held = store && localStorage.getItem(store);
  if (held) {
    held = held.split(".").map(bytes);
    key.then(function (k) {
      return crypto.subtle.decrypt({ name: "AES-GCM", iv: held[0] }, k, held[1]);
    }).then(function (open) {
      var data = new URLSearchParams(new TextDecoder().decode(open));
      if (words(data) === words(body())) {
        if (!form.querySelector(".wrong")) { forget(); }
        return;
      }
      data.set("recovered", "1");
      data.set("csrfmiddlewaretoken", token());
      return post(say.keep, data).then(function (answer) {
        if (!answer.ok || answer.headers.get("HX-Redirect")) { return; }
        forget();
        if (answer.headers.get("HX-Refresh")) { location.reload(); }
      });
    }).catch(nothing);
  }
})();
