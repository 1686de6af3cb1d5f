"use strict";
(function () {
  var byId = function (id) { return document.getElementById(id); };
  var head = JSON.parse(byId("head").textContent);
  var words = JSON.parse(byId("words").textContent);
  var form = byId("debrief"), number = JSON.parse(head.header).blank;
  var subtle = window.crypto && window.crypto.subtle, place = "aar-debrief-" + number;
  var held = null; // what gave the key: passphrase, salt, key
  var pause = 0, changed = false;

  function say(text) { byId("said").textContent = text; }
  function answers() {
    var found = {};
    Array.prototype.forEach.call(form.elements, function (box) {
      if (!box.name || box.name === "version") return;
      if (box.type === "checkbox") { if (box.checked) found[box.name] = "on"; } else found[box.name] = box.value;
    });
    return found;
  }
  function fill(found) {
    Array.prototype.forEach.call(form.elements, function (box) {
      if (!box.name || box.name === "version") return;
      if (box.type === "checkbox") box.checked = found[box.name] === "on";
      else if (typeof found[box.name] === "string") box.value = found[box.name];
    });
    check();
  }
  function check() {
    var a = answers(), wrong = [], n, today = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
    function trim(name) { return (a[name] || "").trim(); }
    function tell(text, name) { wrong.push([text, name]); }
    if (!trim("conditions") && !trim("actions")) tell(words.say, "conditions");
    var any = false;
    for (n = 1; n <= 5; n++) any = any || !!trim("finding_" + n);
    if (!any && !a.no_finding) tell(words.finding, "finding_1");
    if (any && a.no_finding) tell(words.both, "no_finding");
    if (trim("on_date") > today) tell(words.ahead, "on_date");
    if (trim("clock") && !trim("on_date")) tell(words.day, "on_date");
    if (trim("clock") && !/^(ca?\.?|~|about)?\s*\d{1,2}[:.]?\d{2}(\s*[-–]\s*\d{1,2}[:.]?\d{2})?$/i.test(trim("clock"))) tell(words.clock, "clock");
    for (n = 1; n <= 3; n++) {
      if (!trim("asked_" + n) && !trim("owner_" + n) && !trim("due_" + n)) continue;
      if (!trim("asked_" + n)) tell(words.asked, "asked_" + n);
      if (!trim("owner_" + n)) tell(words.owner, "owner_" + n);
      if (!trim("due_" + n)) tell(words.due, "due_" + n);
    }
    var list = byId("wrong").querySelector("ul");
    list.textContent = "";
    wrong.forEach(function (each) {
      var line = document.createElement("li"), link = document.createElement("a");
      link.href = "#" + each[1]; link.textContent = each[0];
      line.appendChild(link); list.appendChild(line);
    });
    byId("wrong").hidden = !wrong.length;
  }
  function b64(bytes) { var text = ""; new Uint8Array(bytes).forEach(function (b) { text += String.fromCharCode(b); }); return btoa(text); }
  function bytes(text) { return Uint8Array.from(atob(text), function (c) { return c.charCodeAt(0); }); }
  function utf8(text) { return new TextEncoder().encode(text); }
  async function keyOf(pass, salt) {
    var saltText = b64(salt);
    if (held && held.pass === pass && held.salt === saltText) return held.key;
    var raw = await subtle.importKey("raw", utf8(pass), "PBKDF2", false, ["deriveKey"]);
    var key = await subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt: salt, iterations: words.rounds }, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    held = { pass: pass, salt: saltText, key: key };
    return key;
  }
  async function lock(pass) {
    var salt = held && held.pass === pass ? bytes(held.salt) : crypto.getRandomValues(new Uint8Array(16));
    var iv = crypto.getRandomValues(new Uint8Array(12)), key = await keyOf(pass, salt);
    var text = await subtle.encrypt({ name: "AES-GCM", iv: iv, additionalData: utf8(head.header) }, key, utf8(JSON.stringify(answers())));
    return { kdf: "PBKDF2-SHA256", rounds: words.rounds, salt: b64(salt), iv: b64(iv), text: b64(text) };
  }
  async function unlock(sealed, pass) {
    var key = await keyOf(pass, bytes(sealed.salt));
    var text = await subtle.decrypt({ name: "AES-GCM", iv: bytes(sealed.iv), additionalData: utf8(head.header) }, key, bytes(sealed.text));
    return JSON.parse(new TextDecoder().decode(text));
  }
  function passphrase() {
    var pass = byId("pass").value;
    if (pass && pass.length < 10) { say(words.short); byId("pass").focus(); return null; }
    if (pass && !subtle) { say(words.nocrypto); return null; }
    return pass;
  }
  async function save() {
    var pass = passphrase();
    if (pass === null) return;
    check();
    var out = { header: head.header, signature: head.signature, key: head.key };
    if (pass) { say(words.working); out.sealed = await lock(pass); } else out.answers = answers();
    var link = document.createElement("a"), stem = JSON.parse(head.header).reference || "blank";
    link.href = URL.createObjectURL(new Blob([JSON.stringify(out)], { type: "application/json" }));
    link.download = "debrief-" + stem + ".json";
    document.body.appendChild(link); link.click(); link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    changed = false;
    say(byId("wrong").hidden ? words.saved : words.unfinished);
  }
  async function load(file) {
    var pass = byId("pass").value;
    try {
      var sent = JSON.parse(await file.text());
      if (sent.header !== head.header) { say(words.other); return; }
      if (sent.sealed && !pass) { say(words.locked); byId("pass").focus(); return; }
      fill(sent.sealed ? await unlock(sent.sealed, pass) : sent.answers);
      say(words.loaded);
    } catch (error) { say(words.unread); }
  }
  async function keep() {
    var pass = byId("pass").value;
    if (!byId("keep").checked || pass.length < 10) return;
    try { localStorage.setItem(place, JSON.stringify(await lock(pass))); say(words.kept); } catch (error) { say(words.full); }
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function () {
    changed = true; clearTimeout(pause); pause = setTimeout(keep, 2000);
    if (!byId("wrong").hidden) check();
  });
  byId("save").addEventListener("click", save);
  byId("load").addEventListener("change", function () { if (this.files[0]) load(this.files[0]); this.value = ""; });
  byId("keep").addEventListener("change", function () {
    if (!this.checked) { localStorage.removeItem(place); say(words.dropped); return; }
    if (!subtle || byId("pass").value.length < 10) { this.checked = false; say(subtle ? words.short : words.nocrypto); byId("pass").focus(); return; }
    keep();
  });
  byId("kept-open").addEventListener("click", async function () {
    try {
      fill(await unlock(JSON.parse(localStorage.getItem(place)), byId("kept-pass").value));
      byId("pass").value = byId("kept-pass").value; byId("keep").checked = true; byId("kept").hidden = true; say(words.loaded);
    } catch (error) { say(words.unread); }
  });
  byId("kept-drop").addEventListener("click", function () { localStorage.removeItem(place); byId("kept").hidden = true; say(words.dropped); });
  window.addEventListener("beforeunload", function (event) { if (changed) event.preventDefault(); });
  try { byId("kept").hidden = !localStorage.getItem(place); } catch (error) { byId("keep").disabled = true; }
})();
