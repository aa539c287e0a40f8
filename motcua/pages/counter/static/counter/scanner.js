// A scanner is a keyboard that types into whatever has the focus; what is a card is taken out of there again and handed on.
// A card also comes by pasting, and from a camera where the browser reads codes. What tells a card is how it begins, twelve
// digits and a bar, which nobody types by hand; not its speed, for a busy machine hands its keys on as slowly as a person.
const ONE_GO = 1000; // ms between two keys at most
const QUIET = 2500; // ms after which a scanner that sends no Enter is taken to be through,
const QUIET_WHOLE = 700; // and where all seven fields are there
const CARD = /^\s*\d{12}\|/;
const WHOLE = /^\s*\d{12}\|([^|]*\|){5}\d{8}/;
const isText = (field) => field?.matches?.("textarea, input:not([type=checkbox], [type=radio], [type=file], [type=hidden])");

/** `onCard(text, field)` is called with what a card says and the field that it went to by mistake. */
export function watch(root, onCard) {
  let burst = null;
  const forget = () => (burst = null);

  const begin = (field) => ({ field, digits: "", last: 0, before: keep(field), tray: null });
  const keep = (field) => {
    if (field?.matches?.("select")) return field.selectedIndex;
    return isText(field) || field?.type === "date" ? field.value : null;
  };
  const restore = ({ field, before }) => {
    if (before === null) return;
    if (field.matches("select")) field.selectedIndex = before;
    else field.value = before;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // The rest of the card goes into a tray without length, for a field may be short, a box be ticked by a space, a button pressed.
  const catchRest = () => {
    const tray = document.createElement("textarea");
    tray.className = "visually-hidden";
    tray.dataset.scanned = "";
    tray.setAttribute("aria-hidden", "true");
    tray.tabIndex = -1;
    tray.value = `${burst.digits}|`;
    document.body.append(tray);
    const caught = burst;
    caught.tray = tray;
    restore(caught);
    tray.focus();
    let timer = setTimeout(done, QUIET);
    tray.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(done, WHOLE.test(tray.value) ? QUIET_WHOLE : QUIET);
    });
    tray.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter" && event.key !== "Tab") return;
      event.preventDefault();
      done();
    });
    function done() {
      clearTimeout(timer);
      if (!tray.isConnected) return;
      const text = tray.value.trim();
      tray.remove();
      forget();
      caught.field?.focus?.();
      onCard(text, caught.field);
    }
  };

  root.addEventListener("keydown", (event) => {
    if ("scanned" in event.target.dataset) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1) {
      if (event.key !== "Shift") forget();
      return;
    }
    const at = event.timeStamp;
    if (/\d/.test(event.key)) {
      const goes = burst && burst.field === document.activeElement && at - burst.last < ONE_GO;
      if (!goes) burst = begin(document.activeElement);
      burst.digits += event.key;
      burst.last = at;
    } else if (event.key === "|" && burst && burst.digits.length === 12 && at - burst.last < ONE_GO) {
      event.preventDefault();
      catchRest();
    } else forget();
  }, true);

  root.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") || "";
    if (!CARD.test(text)) return;
    event.preventDefault();
    onCard(text.trim(), event.target);
  });
}

/** Show the button where this browser reads codes with its camera; what it reads is a card like any other. */
export async function offerCamera(button, onCard) {
  if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const formats = await window.BarcodeDetector.getSupportedFormats();
  if (!formats.includes("qr_code")) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
    if (!stream) return;
    const film = Object.assign(document.createElement("video"), { srcObject: stream, playsInline: true, muted: true });
    film.className = "camera";
    button.after(film);
    film.play().catch(() => {}); // it reads as soon as there is a picture
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    const end = () => {
      stream.getTracks().forEach((track) => track.stop());
      film.remove();
      button.focus();
    };
    const until = Date.now() + 60_000;
    const stop = (event) => event.key === "Escape" && (document.removeEventListener("keydown", stop), end());
    document.addEventListener("keydown", stop);
    while (film.isConnected && Date.now() < until) {
      const found = (await detector.detect(film).catch(() => [])).find((one) => CARD.test(one.rawValue));
      if (found) {
        end();
        return onCard(found.rawValue, button);
      }
      await new Promise((next) => setTimeout(next, 150));
    }
    if (film.isConnected) end();
  });
}
