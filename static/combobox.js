/* A field whose list is filled while one types: moves through it by the arrow keys, and puts what is
   chosen into the fields below (ARIA combobox). Every page works without this file, by a button. */
(function () {
  "use strict";

  function arm(box) {
    var input = box.querySelector("input");
    var list = box.querySelector("ul");
    var status = box.querySelector("[role=status]");
    var button = box.querySelector("[data-without-script]");
    var active = null;

    list.setAttribute("role", "listbox");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    button.remove();

    function options() { return Array.from(list.querySelectorAll("[role=option]")); }

    function field(name) { return document.getElementById("id_" + name); }

    function mark(option) {
      if (active) { active.setAttribute("aria-selected", "false"); }
      active = option;
      if (!option) { input.removeAttribute("aria-activedescendant"); return; }
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function show(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) { mark(null); }
    }

    function move(step) {
      var all = options();
      if (!all.length) { return; }
      if (list.hidden) { show(true); }
      var at = active ? all.indexOf(active) + step : (step > 0 ? 0 : -1);
      mark(all[(at + all.length) % all.length]);
    }

    function choose(option) {
      var data = option.dataset;
      var tehsil = field("tehsil");
      input.value = data.name;
      field("province").value = data.province;
      field("district").value = data.district;
      if (data.tehsil && !tehsil.querySelector("option[value='" + data.tehsil + "']")) {
        tehsil.add(new Option(data.tehsilName, data.tehsil));
      }
      tehsil.value = data.tehsil;
      status.textContent = data.said;
      show(false);
      list.replaceChildren();
      /* htmx fetches the tehsils of the district, the chosen one among them */
      field("district").dispatchEvent(new Event("change", { bubbles: true }));
    }

    input.addEventListener("keydown", function (event) {
      if (event.isComposing) { return; }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (active) { choose(active); } else { move(1); }
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show(false);
      }
    });
    input.addEventListener("input", function () { mark(null); });
    input.addEventListener("blur", function () { show(false); });
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) { choose(option); }
    });
    list.addEventListener("htmx:afterSwap", function () {
      active = null;
      input.removeAttribute("aria-activedescendant");
      show(options().length > 0 && document.activeElement === input);
    });
    /* whoever chooses below by hand no longer means what is written here */
    ["province", "district"].forEach(function (name) {
      field(name).addEventListener("change", function (event) {
        if (event.isTrusted) { input.value = ""; status.textContent = ""; }
      });
    });
  }

  document.querySelectorAll("[data-combobox]").forEach(arm);
})();
