// The page works without this file: it saves a reload when the text size or contrast changes, so that nothing typed is lost.
(() => {
  const root = document.documentElement;
  const form = document.querySelector("[data-preferences]");
  form?.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.name === "language") return;
    event.preventDefault();
    const data = new FormData(form);
    data.set(button.name, button.value);
    root.dataset[button.name] = button.value;
    if (button.name === "text") {
      form.querySelectorAll("[name=text]").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    } else {
      const high = button.value === "high";
      button.setAttribute("aria-pressed", String(high));
      button.value = high ? "normal" : "high";
    }
    fetch(form.action, { method: "POST", body: data, redirect: "manual" });
  });
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
