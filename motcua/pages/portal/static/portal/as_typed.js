// What autosave was told of the fields that were left stands beside them, and is said once in a polite live region; a field
// that is asked only with a certain answer above it is shown with that answer. Without this file all fields are shown with
// their condition in words, and the page that comes back after sending says what is wrong.

export const left = new Set();
const said = new Map();
let region;

/** Begin: the region, what the page already says, and which fields are asked. */
export function watch(form) {
  region = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  form.prepend(region);
  for (const error of form.querySelectorAll(".field > .error")) {
    const field = error.closest(".field").querySelector("[name]");
    left.add(field.name);
    said.set(field.name, sentence(error));
  }
  form.addEventListener("change", () => ask(form));
  ask(form);
}

function ask(form) {
  const answers = new FormData(form);
  for (const box of form.querySelectorAll("[data-only-if]"))
    box.hidden = !box.dataset.among.split(" ").includes(answers.get(box.dataset.onlyIf));
}

const sentence = (error) => [...error.querySelectorAll("p")].map((one) => one.textContent.trim()).join(" ");

/** Put the answer beside its fields; only what is new is said. */
export function tell(form, page) {
  const news = [];
  for (const error of page.querySelectorAll("[data-name]")) {
    const { name, label } = error.dataset;
    const words = sentence(error);
    const box = form.querySelector(`[name="${CSS.escape(name)}"]`)?.closest(".field");
    if (!box || (said.get(name) ?? "") === words) continue;
    said.set(name, words);
    show(box, name, error, words);
    if (words) news.push(`${label}: ${words}`);
  }
  if (news.length) region.textContent = news.join(" ");
}

function show(box, name, error, words) {
  box.querySelector(":scope > .error")?.remove();
  box.classList.toggle("has-error", Boolean(words));
  const fields = [...box.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  for (const field of fields) {
    field.classList.toggle("is-invalid", Boolean(words));
    if (words) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  const described = box.querySelector("fieldset") || fields[0];
  const others = (described.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== error.id);
  if (words) {
    box.append(document.adoptNode(error));
    others.push(error.id);
  }
  if (others.length) described.setAttribute("aria-describedby", others.join(" "));
  else described.removeAttribute("aria-describedby");
}
