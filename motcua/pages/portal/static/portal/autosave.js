// What is typed into a draft is saved whenever a field is left; without this file the buttons of the page save it.
import { left, tell, watch } from "./as_typed.js";
import { send } from "./sending.js";

const form = document.querySelector("form[data-autosave]");
let waiting = Promise.resolve();

async function save() {
  const data = new FormData();
  const shown = new Map();
  for (const field of form.elements) {
    const isChoice = field.type === "radio" || field.type === "checkbox";
    if (!field.name || ["file", "submit", "button"].includes(field.type) || (isChoice && !field.checked)) continue;
    data.append(field.name, field.value);
    const was = `was-${field.name.replace(/^text-/, "")}`;
    if (form.elements[was]) shown.set(was, field.value);
  }
  data.set("autosave", "1");
  data.set("left", [...left].join(" "));
  const told = form.querySelector("[data-unsaved]");
  try {
    const { page } = await send(location.href, data, form.dataset.login);
    for (const [name, value] of shown) form.elements[name].value = value;
    told?.remove();
    tell(form, page);
  } catch {
    if (told || !form.dataset.lost) return;
    const sentence = document.createElement("p");
    sentence.className = "alert alert-warning";
    sentence.setAttribute("role", "status");
    sentence.dataset.unsaved = "";
    sentence.textContent = form.dataset.lost;
    form.prepend(sentence);
  }
}

if (form) watch(form);
form?.addEventListener("change", (event) => {
  if (event.target.type === "file") return;
  left.add(event.target.name);
  waiting = waiting.then(save);
});
