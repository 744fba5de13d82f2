// Presses "Go on" until nothing is left, and shows in place how far it is.
"use strict";
(() => {
  const status = document.getElementById("replay-status");
  const stop = document.getElementById("stop");
  const IDLE = 2000;
  let stopped = false;
  if (stop) stop.addEventListener("submit", () => { stopped = true; });

  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  async function batch(form) {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), signal: AbortSignal.timeout(30000) });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("progress");
    if (!fresh) throw new Error("signed out");
    return fresh;
  }

  async function run() {
    let progress = document.getElementById("progress");
    while (!stopped && "running" in progress.dataset) {
      if ("idle" in progress.dataset) await wait(IDLE);
      try {
        const fresh = await batch(progress.querySelector("form"));
        if (stopped) return;
        progress.replaceWith(fresh);
        progress = fresh;
      } catch {
        status.textContent = "We can't reach the server. What was done is kept; press \"Go on\" to try again.";
        return;
      }
    }
    if (!progress.querySelector("form")) {
      status.textContent = "All events have been tried.";
      stop.hidden = true;
    }
  }

  if (stop) run();
})();
