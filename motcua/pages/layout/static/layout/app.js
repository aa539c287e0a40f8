// The page works without this file: it saves a reload when the way of reading changes, so that nothing typed is lost,
// and closes a menu when somebody goes on elsewhere.
(() => {
  const root = document.documentElement;
  const dark = document.querySelector("[data-dark]");
  const form = document.querySelector("[data-preferences]");
  const darkWhen = { auto: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };
  form?.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.name === "language") return;
    event.preventDefault();
    const data = new FormData(form);
    data.set(button.name, button.value);
    root.dataset[button.name] = button.value;
    if (button.name === "theme" && dark) dark.media = darkWhen[button.value];
    if (button.name === "contrast") {
      const high = button.value === "high";
      button.setAttribute("aria-pressed", String(high));
      button.value = high ? "normal" : "high";
    } else {
      form.querySelectorAll(`[name=${button.name}]`).forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    }
    fetch(form.action, { method: "POST", body: data, redirect: "manual" });
  });
  document.querySelector("[data-focus]")?.focus();
  const closeMenus = (but) => document.querySelectorAll("details.menu[open]").forEach((one) => {
    if (!one.contains(but)) one.open = false;
  });
  document.addEventListener("click", (event) => {
    closeMenus(event.target);
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("focusin", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
})();
