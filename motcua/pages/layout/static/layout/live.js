// Pieces of a page keep themselves fresh: <div data-live="address" data-every="3">. The page works without this file.
// Where nothing changed the server says 304 and nothing is touched; a piece in which somebody types waits until they leave it.
(() => {
  const typing = (piece) => piece.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
  const same = (piece, old) => old && piece.contains(document.activeElement) === false && old.name &&
    piece.querySelector(`[name="${CSS.escape(old.name)}"][value="${CSS.escape(old.value)}"]`);
  // The same words again are not put there again: a reader that speaks would say them every minute.
  const shown = new WeakMap();
  const bare = (html) => html.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");
  window.motcuaShow = (piece, html, tag) => {
    piece.dataset.tag = tag || "";
    if (shown.get(piece) === bare(html)) return;
    shown.set(piece, bare(html));
    const old = piece.contains(document.activeElement) ? document.activeElement : null;
    piece.innerHTML = html;
    same(piece, old)?.focus();
    piece.dispatchEvent(new CustomEvent("fresh", { bubbles: true }));
  };
  const lost = (piece, is) => {
    const sign = document.getElementById(piece.dataset.lost);
    if (sign) sign.hidden = !is;
  };
  const look = async (piece) => {
    if (typing(piece)) return;
    try {
      const known = piece.dataset.tag;
      const answer = await fetch(piece.dataset.live, { headers: known ? { "If-None-Match": known } : {}, cache: "no-store" });
      if (answer.redirected || !(answer.ok || answer.status === 304)) throw new Error(String(answer.status));
      if (answer.status === 200 && !typing(piece) && known === piece.dataset.tag) {
        window.motcuaShow(piece, await answer.text(), answer.headers.get("ETag"));
      }
      piece.dataset.failed = "0";
      lost(piece, false);
    } catch {
      // A moment without network is nothing; longer is said, and what is on the page stays.
      piece.dataset.failed = String(Number(piece.dataset.failed || 0) + 1);
      lost(piece, Number(piece.dataset.failed) > 2);
    }
  };
  const start = (piece) => {
    const every = Number(piece.dataset.every || 5) * 1000;
    const again = async () => { await look(piece); setTimeout(again, document.hidden ? every * 4 : every); };
    setTimeout(again, every);
  };
  document.querySelectorAll("[data-live]").forEach(start);
  addEventListener("online", () => document.querySelectorAll("[data-live]").forEach(look));
})();
