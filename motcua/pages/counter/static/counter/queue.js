// The bar with the number in hand: a press changes the bar alone, so that nothing typed on the page is lost.
// Without this file the page comes back as it was sent.
(() => {
  const bar = document.querySelector("[data-queue]");
  if (!bar) return;
  let before = null; // where somebody typed before a key took them to the bar
  document.addEventListener("focusin", (event) => { if (!bar.contains(event.target)) before = event.target; });
  const say = (words) => {
    const told = bar.querySelector(".queue-told");
    told.textContent = words;
    told.classList.add("queue-refused");
  };
  let busy = false;
  bar.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const button = event.submitter;
    const body = new URLSearchParams(new FormData(event.target, button));
    const lost = document.getElementById(bar.dataset.lost);
    try {
      const address = button?.getAttribute("formaction") || event.target.getAttribute("action");
      const answer = await fetch(address, { method: "POST", body, headers: { "X-Piece": "1" } });
      if (answer.redirected || answer.status === 403) return say(bar.dataset.queue);
      if (!answer.headers.has("X-Piece")) throw new Error(String(answer.status));
      window.motcuaShow(bar, await answer.text(), answer.headers.get("ETag"));
      if (lost) lost.hidden = true;
      if (before?.isConnected && before.matches("input, select, textarea")) before.focus();
      else bar.querySelector("button")?.focus();
    } catch {
      if (lost) lost.hidden = false;
    } finally {
      busy = false;
    }
  });
})();
