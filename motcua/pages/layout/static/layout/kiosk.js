// At a machine in the hall: it asks whether somebody is still here, forgets them when they are not, keeps nothing that was
// typed, and has keys on the screen for codes. The server forgets too (pages.layout.at_kiosk), only later.
(() => {
  const done = document.querySelector("[data-kiosk]");
  const ask = document.getElementById("still-here");
  if (!done || !ask) return;
  const left = ask.querySelector("[data-left]");
  document.querySelectorAll("form").forEach((one) => { one.autocomplete = "off"; });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  let touched = Date.now(), told = touched;
  const stay = () => {
    touched = Date.now();
    if (ask.matches(":popover-open")) ask.hidePopover();
    if (touched - told < 20000) return;
    told = touched;
    fetch(done.dataset.here, { cache: "no-store" }).catch(() => { told = 0; });
  };
  ["pointerdown", "keydown", "input", "wheel"].forEach((name) => addEventListener(name, stay, { passive: true, capture: true }));
  setInterval(() => {
    const quiet = (Date.now() - touched) / 1000;
    if (quiet >= Number(done.dataset.kiosk)) return done.requestSubmit();
    if (quiet < Number(done.dataset.asks)) return;
    if (!ask.matches(":popover-open")) {
      ask.showPopover();
      ask.querySelector("button").focus();
    }
    left.textContent = String(Math.ceil(Number(done.dataset.kiosk) - quiet));
  }, 500);

  document.querySelectorAll('input[autocapitalize="characters"]').forEach((box) => {
    const keys = document.createElement("div");
    keys.className = "keys";
    const type = (text) => {
      box.value = text === "⌫" ? box.value.slice(0, -1) : box.value + text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    };
    [..."1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ.-⌫"].forEach((letter) => {
      const key = document.createElement("button");
      key.type = "button";
      key.textContent = letter;
      if (letter === "⌫") key.ariaLabel = done.dataset.erase;
      key.addEventListener("click", () => type(letter));
      keys.append(key);
    });
    box.after(keys);
  });
})();
