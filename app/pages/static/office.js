// "/" leads to the search field, on every page of the office, unless it is turned off on the page of the search.
"use strict";
(() => {
  const field = document.getElementById("find");
  const button = document.getElementById("shortcut");
  const OFF = "handoff-no-shortcut";
  const isOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const isTyping = (e) => e.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isOff()) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  if (!button) return;
  const tell = () => { button.textContent = isOff() ? "Let / lead to the search again" : "Turn off the key /"; };
  button.hidden = false;
  button.addEventListener("click", () => {
    try { isOff() ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"); } catch { return; }
    tell();
  });
  tell();
})();
