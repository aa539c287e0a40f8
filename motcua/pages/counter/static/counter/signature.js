// Whoever takes a result signs on the screen. Without this file, or by keyboard alone, they sign a slip that is scanned.
const form = document.querySelector("form:has([name=signature])");
const kept = form?.elements.signature;
const words = kept?.dataset;

if (kept) {
  const box = document.createElement("div");
  box.className = "field";
  const label = Object.assign(document.createElement("p"), { textContent: words.label, id: "signature-label" });
  const canvas = Object.assign(document.createElement("canvas"), { width: 720, height: 220, className: "signature" });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-labelledby", label.id);
  const again = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline-primary", textContent: words.again });
  box.append(label, canvas, again);
  kept.after(box);
  const pen = canvas.getContext("2d");
  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    kept.value = "";
  };
  // What was signed before the page came back with a fault is still there.
  const before = kept.value;
  clear();
  if (before.includes(",")) {
    kept.value = before;
    const bytes = Uint8Array.from(atob(before.split(",")[1]), (sign) => sign.charCodeAt(0));
    createImageBitmap(new Blob([bytes], { type: "image/png" })).then((picture) => pen.drawImage(picture, 0, 0), clear);
  }
  let from = null;
  const at = (event) => {
    const frame = canvas.getBoundingClientRect();
    return [((event.clientX - frame.left) * canvas.width) / frame.width, ((event.clientY - frame.top) * canvas.height) / frame.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    from = at(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    Object.assign(pen, { lineWidth: 4, lineCap: "round", strokeStyle: "#000" });
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.stroke();
    from = to;
    kept.value = "drawn";
  });
  canvas.addEventListener("pointerup", () => (from = null));
  again.addEventListener("click", clear);
  form.addEventListener("submit", () => {
    if (kept.value === "drawn") kept.value = canvas.toDataURL("image/png");
  });
}
