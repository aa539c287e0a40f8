// The counter works without this file: it lets the arrow keys walk through a list while somebody types.
(() => {
  const links = (list) => [...document.querySelectorAll(`#${list} a`)];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && event.key !== "Enter") return;
    const here = event.target;
    const list = here.dataset?.list || here.closest?.("[id]:has(.choices)")?.id;
    if (!list) return;
    const all = links(list);
    if (!all.length) return;
    const place = all.indexOf(here);
    if (event.key === "Enter") {
      if (place === -1) { event.preventDefault(); all[0].focus(); }
      return;
    }
    event.preventDefault();
    const next = event.key === "ArrowDown" ? place + 1 : place - 1;
    if (next < 0) document.querySelector(`[data-list="${list}"]`)?.focus();
    else all[Math.min(next, all.length - 1)].focus();
  });
})();
