/* Says in words when a request found no line, and takes it back when one did.
   Every page works without this file. */
(function () {
  "use strict";
  function show(lost) {
    var box = document.getElementById("lost-line");
    if (box) { box.hidden = !lost; }
  }
  /* what waits on this device for a person goes when they sign out */
  document.addEventListener("submit", function (event) {
    if (/\/sign-out\/$/.test(event.target.action)) { window.localStorage.clear(); }
  });
  document.addEventListener("htmx:sendError", function () { show(true); });
  document.addEventListener("htmx:timeout", function () { show(true); });
  document.addEventListener("htmx:afterOnLoad", function () { show(false); });
})();
