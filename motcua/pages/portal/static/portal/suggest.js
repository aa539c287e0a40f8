// The page works without this file: the form asks and the next page answers. With it, answers come as somebody types,
// and the arrow keys walk through them (the combobox of the ARIA practices). An answer leads on (data-href), or fills the
// field in (data-name) and the list that data-into names (data-value); without such a list the form is sent.
document.querySelectorAll("[data-suggest]").forEach((input) => {
  const WAIT = 180;
  const list = input.parentElement.querySelector("[role=listbox]");
  const said = input.parentElement.querySelector("[role=status]");
  const into = document.getElementById(input.dataset.into || "");
  let timer, asking, asked = input.value.trim(), at = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  };
  const mark = (place) => {
    at = place;
    options().forEach((one, index) => one.setAttribute("aria-selected", String(index === place)));
    const here = options()[place];
    if (here) {
      input.setAttribute("aria-activedescendant", here.id);
      here.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const choose = (one) => {
    if (one.dataset.href) {
      window.location.assign(one.dataset.href);
      return;
    }
    input.value = asked = one.dataset.name;
    show(false);
    if (into) into.value = one.dataset.value;
    else input.form.requestSubmit();
  };
  const ask = async (text) => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?tim=${encodeURIComponent(text)}`, { signal: asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      list.innerHTML = await answer.text();
      said.textContent = list.querySelector("[data-said]")?.textContent || "";
      list.querySelector("[data-said]")?.remove();
      show(document.activeElement === input && options().length > 0);
      mark(-1);
    } catch (fault) {
      if (fault.name !== "AbortError") show(false); // the form still works
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (into) into.value = "";
    if (text.length < 2) {
      asking?.abort();
      show(false);
      return;
    }
    timer = setTimeout(ask, WAIT, text);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      choose(all[at]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      event.preventDefault();
      if (list.hidden) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(((at + step + 1 + all.length + 1) % (all.length + 1)) - 1);
    }
  });
  input.addEventListener("blur", () => show(false));
  list.addEventListener("mousedown", (event) => {
    const one = event.target.closest("[role=option]");
    if (!one) return;
    event.preventDefault();
    choose(one);
  });
  into?.addEventListener("change", () => {
    input.value = asked = into.value ? into.selectedOptions[0].text : "";
  });
  show(false);
});
