// The counter works without this file: it lets the arrow keys walk through a list while somebody types, Enter open the first
// answer to what is typed, and a digit what is usual here.
(() => {
  const links = (list) => [...document.querySelectorAll(`#${list} a`)];
  let asked = null; // the field whose answer is awaited before it is opened
  const open = (field) => {
    const [first] = links(field.dataset.list);
    if (!first) return;
    first.focus();
    if (first.closest(".choices > li").querySelectorAll("a").length === 1) first.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && event.key !== "Enter") return;
    const here = event.target;
    const list = here.dataset?.list || here.closest?.("[id]:has(.choices)")?.id;
    if (!list) return;
    if (event.key === "Enter") {
      if (!here.dataset.list) return;
      event.preventDefault();
      if (!here.value) links(list)[0]?.focus();
      else if (here.dataset.answered === here.value) open(here);
      else asked = here;
      return;
    }
    const all = links(list);
    if (!all.length) return;
    const place = all.indexOf(here);
    event.preventDefault();
    const next = event.key === "ArrowDown" ? place + 1 : place - 1;
    if (next < 0) document.querySelector(`[data-list="${list}"]`)?.focus();
    else all[Math.min(next, all.length - 1)].focus();
  });
  document.addEventListener("input", (event) => {
    if (event.target.dataset?.list) asked = null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const field = event.detail.requestConfig?.elt;
    if (!field?.dataset?.list) return;
    field.dataset.answered = event.detail.requestConfig.parameters?.q ?? field.value;
    if (asked !== field || field.dataset.answered !== field.value) return;
    asked = null;
    open(field);
  });
  document.querySelectorAll("[data-list]").forEach((field) => (field.dataset.answered = field.value));
})();
