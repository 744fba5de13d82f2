// Presses "Go on" until nothing is left, and shows the page again when it is done.
"use strict";
(() => {
  async function run() {
    let progress = document.getElementById("progress");
    while ("running" in progress.dataset) {
      const form = progress.querySelector("form");
      if (!form) break;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), signal: AbortSignal.timeout(30000) });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("progress");
      if (!fresh) return;
      progress.replaceWith(fresh);
      progress = fresh;
    }
    location.reload();
  }
  run().catch(() => {});
})();
