// Papers go out one by one as they are chosen, photos as one PDF. Without this file the form sends what is chosen, and
// the server does the same work.
import "./autosave.js";
import { MOST_PHOTOS, onePdf, read, turn } from "./photos.js";
import { send } from "./sending.js";

const form = document.getElementById("papers-form");
const words = form.querySelector("[data-words]").dataset;
const told = form.querySelector("[data-told]");
const mostBytes = Number(form.dataset.mostBytes);
const trays = new Map();
form.dataset.lost = words.lost;

const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const make = (tag, text = "", classes = "") => Object.assign(document.createElement(tag), { textContent: text, className: classes });

/** One line in the region that is read aloud, and beside the paper. */
function tell(sheet, sentence, kind = "info") {
  told.textContent = sentence;
  let line = sheet.querySelector("[data-line]");
  if (!line) {
    line = make("p");
    line.dataset.line = "";
    sheet.querySelector("input[type=file]").before(line);
  }
  line.className = kind === "error" ? "alert alert-error" : "soft";
  line.textContent = sentence;
  return line;
}

/** Several files at once: photos to the tray, everything else out at once. True: all that went out arrived. */
async function chosen(input) {
  const sheet = input.closest("[data-paper]");
  const files = [...input.files];
  input.value = "";
  let arrived = true;
  const others = [];
  const unread = []; // what this browser can't read (HEIC) the server can, or says why not
  for (const file of files) {
    if (file.type.startsWith("video/")) tell(sheet, say("video", { name: file.name }), "error");
    else if (file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name)) await take(sheet, file, unread);
    else others.push(file);
  }
  for (const file of others) {
    if (file.size > mostBytes) tell(sheet, say("large", { name: file.name, limit: Math.floor(mostBytes / 1048576) }), "error");
    else arrived = (await out(sheet, [file], file.name)) && arrived;
  }
  if (unread.length) arrived = (await out(sheet, unread, unread[0].name)) && arrived;
  return arrived;
}

async function take(sheet, file, unread) {
  const tray = trayOf(sheet);
  if (tray.pages.length >= MOST_PHOTOS) {
    tell(sheet, say("many"), "error");
    return;
  }
  tell(sheet, words.reading);
  try {
    tray.pages.push(await read(file));
    tell(sheet, "");
    show(sheet);
  } catch {
    unread.push(file);
  }
}

function trayOf(sheet) {
  if (!trays.has(sheet)) {
    const box = make("div", "", "tray");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", words.tray);
    sheet.querySelector("input[type=file]").before(box);
    trays.set(sheet, { box, pages: [] });
  }
  return trays.get(sheet);
}

function show(sheet, focus = null) {
  const { box, pages } = trayOf(sheet);
  const list = make("ol", "", "tray-pages");
  pages.forEach((page, place) => list.append(row(sheet, page, place)));
  const button = make("button", say("send", { n: pages.length }), "btn btn-primary");
  button.type = "button";
  button.dataset.send = "";
  button.addEventListener("click", () => sendTray(sheet));
  box.replaceChildren(...(pages.length ? [list, button] : []));
  const wanted = focus && list.children[focus.place]?.querySelector(`[data-do=${focus.what}]:not(:disabled)`);
  (wanted || (focus && (box.querySelector("button:not(:disabled)") || sheet.querySelector("input[type=file]"))))?.focus();
}

function row(sheet, page, place) {
  const { pages } = trayOf(sheet);
  const item = make("li");
  const picture = make("canvas", "", "tray-picture");
  const scale = 160 / Math.max(page.canvas.width, page.canvas.height);
  picture.width = page.canvas.width * scale;
  picture.height = page.canvas.height * scale;
  picture.getContext("2d").drawImage(page.canvas, 0, 0, picture.width, picture.height);
  picture.setAttribute("role", "img");
  const title = say("page", { n: place + 1 });
  picture.setAttribute("aria-label", `${title}: ${page.name}`);
  const side = make("div");
  side.append(make("strong", title), make("small", ` ${page.name}`, "soft"));
  for (const note of page.notes) side.append(make("p", words[note], "tray-note"));
  const acts = make("div", "", "tray-acts");
  const act = (what, is, work) => {
    const button = make("button", words[what], "btn btn-outline-primary btn-sm");
    button.type = "button";
    button.dataset.do = what;
    button.disabled = !is;
    button.append(make("span", ` ${title}`, "visually-hidden"));
    button.addEventListener("click", work);
    acts.append(button);
  };
  const swap = (other, what) => {
    [pages[place], pages[other]] = [pages[other], pages[place]];
    show(sheet, { place: other, what });
  };
  act("turn", true, () => {
    turn(page);
    show(sheet, { place, what: "turn" });
  });
  act("up", place > 0, () => swap(place - 1, "up"));
  act("down", place < pages.length - 1, () => swap(place + 1, "down"));
  act("drop", true, () => {
    pages.splice(place, 1);
    show(sheet, { place: Math.min(place, pages.length - 1), what: "drop" });
  });
  side.append(acts);
  item.append(picture, side);
  return item;
}

/** The photos of one paper, as one file. True: they arrived. */
async function sendTray(sheet) {
  const tray = trayOf(sheet);
  const button = tray.box.querySelector("[data-send]");
  if (!tray.pages.length || button.disabled) return false;
  tray.box.querySelectorAll("button").forEach((one) => (one.disabled = true));
  const name = `${tray.pages[0].name.replace(/\.[^.]*$/, "")}.pdf`;
  const pdf = await onePdf(tray.pages, mostBytes);
  const arrived = await out(sheet, [pdf], name, () => sendTray(sheet));
  if (arrived) tray.pages = [];
  show(sheet, { place: 0, what: "turn" });
  return arrived;
}

/** Files to the server, which examines them at once. */
async function out(sheet, files, name, again = () => out(sheet, files, name)) {
  const data = new FormData();
  for (const file of files) data.append(sheet.dataset.paper, file, file.name || name);
  data.set("keep", "1"); // not handed in yet
  tell(sheet, say("sending", { name, percent: 0 }));
  try {
    const answer = await send(location.href, data, form.dataset.login, (percent) =>
      tell(sheet, percent < 100 ? say("sending", { name, percent }) : say("checking", { name })),
    );
    return settle(sheet, answer, name);
  } catch (fault) {
    const line = tell(sheet, say(["lost", "expired"].includes(fault) ? fault : "failed", { name }), "error");
    const button = make("button", words.again, "btn btn-primary");
    button.type = "button";
    button.addEventListener("click", again, { once: true });
    const acts = make("span", "", "tray-acts");
    if (fault === "expired") {
      const link = Object.assign(make("a", words.login), { href: form.dataset.login, target: "_blank", rel: "noopener" });
      acts.append(link);
    }
    acts.append(button);
    line.append(acts);
    return false;
  }
}

/** What the server said of it: its list of files for this paper, and its faults. */
function settle(sheet, { page }, name) {
  const fresh = page.querySelector(`[data-paper="${sheet.dataset.paper}"] [data-files]`);
  const faults = [...page.querySelectorAll("main .alert-error")].map((one) => (one.querySelector("ul") || one).textContent.trim());
  if (!fresh && !faults.length) throw "failed";
  if (fresh) sheet.querySelector("[data-files]").replaceWith(document.adoptNode(fresh));
  if (faults.length) {
    tell(sheet, faults.join(" "), "error");
    return false;
  }
  const notes = [...page.querySelectorAll("main > .alert-warning")].map((one) => one.textContent.trim());
  tell(sheet, [say("sent", { name }), ...notes].join(" · "));
  sheet.classList.add("paper-given");
  return true;
}

const running = new Set();
form.querySelectorAll("input[type=file]").forEach((input) =>
  input.addEventListener("change", () => {
    const work = chosen(input);
    running.add(work);
    work.finally(() => running.delete(work));
  }),
);

// What is on its way, and photos that were chosen but not sent, go first; what does not arrive keeps the page here.
let goes = false;
form.addEventListener("submit", async (event) => {
  const filled = () => [...trays].filter(([, tray]) => tray.pages.length);
  const full = filled();
  if (goes || !(full.length || running.size)) return;
  event.preventDefault();
  const button = event.submitter;
  if (!(await Promise.all(running)).every(Boolean)) return;
  for (const [sheet] of filled()) if (!(await sendTray(sheet))) return;
  goes = true;
  form.requestSubmit(button);
});
window.addEventListener("beforeunload", (event) => {
  if (!goes && (running.size || [...trays.values()].some((tray) => tray.pages.length))) event.preventDefault();
});
