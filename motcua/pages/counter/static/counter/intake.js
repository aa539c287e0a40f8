// One dossier without the mouse: Enter goes to the next field, Ctrl+Enter hands in; a card or a number fills the person; what
// is typed outlives a lost connection and an ended session. Without this file the form is sent and the server does the same.
import { offerCamera, watch } from "./scanner.js";

const OWNER = ["id_no", "name", "phone", "address", "email", "kind"];
const CARD = ["id_no", "name", "kind"]; // whoever scans a card wants its word to count, also over what was typed
const AGAIN = 3000; // ms between two looks whether the network is back
const form = () => document.querySelector("form.intake");
const way = () => [...form().querySelectorAll("[data-way]")].filter((one) => one.offsetParent && !one.disabled);
const button = () => form().querySelector(".actions [name=take_in]");
const field = (prefix, name) => form().elements[prefix + name];

const isEmpty = (one) => (one.type === "checkbox" ? !one.checked : !one.value.trim());

/** To the next field that is still empty: what a card or an earlier visit has filled needs no key. */
function goOn(here) {
  const after = (one) => !here || here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  (way().find((one) => after(one) && isEmpty(one)) || button()).focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !form()?.contains(event.target) || event.isComposing || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    if (!button().disabled) form().requestSubmit(button());
  } else if (event.target.matches("input, select") && !event.shiftKey) {
    event.preventDefault();
    goOn(event.target);
  }
});

// All papers at once, and each for itself: the two never say different things.
document.addEventListener("change", (event) => {
  const all = form()?.elements.all_papers;
  if (!all || !form().contains(event.target)) return;
  const demanded = [...form().querySelectorAll("[data-demanded]")];
  if (event.target === all) demanded.forEach((one) => (one.checked = all.checked));
  else if (event.target.matches("[data-demanded]")) all.checked = demanded.every((one) => one.checked);
});

/** Whom this text names, asked of the server and filled in. Where it can't be asked, the text waits in the field for it. */
async function fill(text, prefix, isCard) {
  const data = new FormData();
  data.set("so", text);
  if (prefix === "owner_") data.set("truong_hop", form().dataset.case);
  data.set("csrfmiddlewaretoken", csrf());
  let person;
  try {
    const answer = await fetch(form().dataset.person, { method: "POST", body: data, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    person = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("person");
  } catch {
    if (isCard) field(prefix, "id_no").value = text;
    return;
  }
  if (!isCard && field(prefix, "id_no").value.trim() !== text) return; // typed on meanwhile
  document.getElementById("person").replaceWith(document.adoptNode(person));
  const said = person.dataset;
  for (const name of OWNER) {
    const there = field(prefix, name);
    if (!there || !said[name]) continue;
    const counts = isCard && "card" in said ? CARD.includes(name) : name === "id_no" || (name === "kind" && "name" in said);
    if (counts || !there.value.trim()) there.value = said[name];
  }
  const here = document.activeElement;
  if (isCard || (here.dataset.way && here.value)) goOn(null);
}

document.addEventListener("change", (event) => {
  const name = event.target.name;
  const text = event.target.value?.trim();
  if ((name === "owner_id_no" || name === "submitter_id_no") && text) fill(text, name.replace("id_no", ""), /^\d{12}\|/.test(text));
});

const card = (text, at) => fill(text, at?.name?.startsWith("submitter_") ? "submitter_" : "owner_", true);
watch(document, (text, at) => (form() ? card(text, at) : null));
offerCamera(document.querySelector("[data-camera]"), card);

// Files that are dropped on a paper, or on the field of the whole stack, are chosen there; a paper with a scan is ticked.
const dropAt = (target) => target.closest?.("form.intake tr:has([data-scans]), form.intake .scans")?.querySelector("[data-scans]");
document.addEventListener("dragover", (event) => dropAt(event.target) && event.preventDefault());
document.addEventListener("drop", (event) => {
  const there = dropAt(event.target);
  if (!there || !event.dataTransfer.files.length) return;
  event.preventDefault();
  there.files = event.dataTransfer.files;
  there.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("change", (event) => {
  const tick = event.target.matches("[data-scans]") && event.target.closest("tr")?.querySelector("input[type=checkbox]");
  if (!tick || tick.checked || !event.target.files.length) return;
  tick.checked = true;
  tick.dispatchEvent(new Event("change", { bubbles: true }));
});

// The way to the server
let waiting = null;

/** The token of now: it changes when somebody logs in again in another window. */
const csrf = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || form().elements.csrfmiddlewaretoken.value;

function tell(sentence, link = false) {
  let line = form().querySelector("[data-told]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "alert alert-warning" });
    line.setAttribute("role", "alert");
    line.dataset.told = "";
    form().prepend(line);
  }
  line.textContent = sentence;
  if (link) {
    const words = { href: form().dataset.login, target: "_blank", rel: "noopener", textContent: form().dataset.logIn };
    line.append(" ", Object.assign(document.createElement("a"), words));
  }
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.target !== form()) return;
  const pressed = event.detail.triggeringEvent?.submitter;
  if (pressed?.name) event.detail.parameters[pressed.name] = pressed.value; // also where a key pressed it
  event.detail.headers["X-CSRFToken"] = event.detail.parameters.csrfmiddlewaretoken = csrf();
});
document.addEventListener("htmx:sendError", (event) => {
  if (event.target !== form()) return;
  tell(form().dataset.lost);
  const pressed = event.detail.requestConfig.triggeringEvent?.submitter || button();
  clearInterval(waiting);
  waiting = setInterval(async () => {
    const there = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
    if (!there?.ok || !waiting) return;
    clearInterval(waiting);
    waiting = null;
    form().requestSubmit(pressed);
  }, AGAIN);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (requestConfig?.elt !== form()) return;
  const ended = new URL(xhr.responseURL || location.href, document.baseURI).pathname === form().dataset.login;
  if (ended || xhr.status === 403) {
    event.detail.shouldSwap = false;
    tell(form().dataset.expired, true);
  } else if (xhr.status === 409 || xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (xhr.status >= 400) {
    event.detail.shouldSwap = false;
    tell(form().dataset.failed);
  }
});
document.addEventListener("htmx:afterSettle", () => {
  document.querySelector("#content [data-focus]")?.focus();
  offerCamera(document.querySelector("[data-camera]"), card);
});
