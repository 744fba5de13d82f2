// Keeps [data-live] up to date: the same page, fetched every 15 seconds, can be paused.
"use strict";
(() => {
  const live = document.querySelector("[data-live]");
  const status = document.getElementById("live-status");
  const button = document.getElementById("live-pause");
  const EVERY = 15000;
  const RUNNING = "This page keeps itself up to date.";
  let shown = live.innerHTML;
  let paused = false;

  // A text is set only when it is new, so that a screen reader says it once.
  const say = (text) => { if (status.textContent !== text) status.textContent = text; };

  // What a reader has open, scrolled or focused survives: elements are found again by their id.
  function replace(fresh) {
    const open = [...live.querySelectorAll("details[open]")].map((e) => e.id);
    const scrolled = [...live.querySelectorAll(".scroll")].map((e) => [e.id, e.scrollLeft]);
    const focused = live.contains(document.activeElement) ? document.activeElement : null;
    const summaryOf = focused && focused.tagName === "SUMMARY" ? focused.parentElement.id : "";
    live.replaceChildren(...fresh.childNodes);
    const find = (id) => id && live.querySelector("#" + CSS.escape(id));
    for (const id of open) { const e = find(id); if (e) e.open = true; }
    for (const [id, left] of scrolled) { const e = find(id); if (e) e.scrollLeft = left; }
    const again = summaryOf ? find(summaryOf)?.querySelector("summary") : focused && find(focused.id);
    if (again) again.focus({ preventScroll: true });
  }

  async function update() {
    if (paused || document.hidden) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(EVERY - 1000) });
      if (answer.redirected) return say("You are signed out. Load the page again to sign in.");
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      if (paused || !fresh) return;
      if (fresh.innerHTML !== shown) {
        shown = fresh.innerHTML;
        replace(fresh);
        say("Updated at " + new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }) + ".");
      } else if (status.dataset.trouble) say("Up to date again.");
      delete status.dataset.trouble;
    } catch {
      status.dataset.trouble = "yes";
      say("We can't reach the server. What you see may be old; we keep trying.");
    }
  }

  say(RUNNING);
  button.hidden = false;
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = paused ? "Resume updates" : "Pause updates";
    say(paused ? "Updates are paused." : RUNNING);
    update();
  });
  setInterval(update, EVERY);
})();
