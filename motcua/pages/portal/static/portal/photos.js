// Phone photos as one upright PDF of bounded size: the same pages as the server makes (motcua/files/kinds/image.py).
// JPEG goes into a PDF as it is, so that writing one takes a page of code instead of a library of 600 KB.

export const LONG_SIDE = 2200;
export const MOST_PHOTOS = 30;
const MOST_PAGE_BYTES = 900_000;
const QUALITIES = [0.82, 0.72, 0.6, 0.48, 0.36];
const A4 = [595.28, 841.89];
const LEAST_LONG_SIDE = 1000;
const LEAST_SHARPNESS = 30;
const LEAST_LIGHT = 60;

/** The photo upright (as its EXIF says), at most LONG_SIDE long, on white. Throws where this browser can't decode it. */
export async function read(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const notes = legibility(canvas, Math.max(bitmap.width, bitmap.height));
  bitmap.close();
  return { name: file.name, canvas, notes };
}

/** A quarter turn to the right. */
export function turn(page) {
  const canvas = document.createElement("canvas");
  canvas.width = page.canvas.height;
  canvas.height = page.canvas.width;
  const pen = canvas.getContext("2d");
  pen.translate(canvas.width, 0);
  pen.rotate(Math.PI / 2);
  pen.drawImage(page.canvas, 0, 0);
  page.canvas = canvas;
}

/** What a reader would complain of: small, dark, blurred. A hint; nothing is refused for it. */
function legibility(canvas, longSide) {
  const scale = Math.min(1, 1200 / Math.max(canvas.width, canvas.height));
  const small = document.createElement("canvas");
  const wide = (small.width = Math.max(3, Math.round(canvas.width * scale)));
  const high = (small.height = Math.max(3, Math.round(canvas.height * scale)));
  const pen = small.getContext("2d", { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0, wide, high);
  const { data } = pen.getImageData(0, 0, wide, high);
  const grey = new Float32Array(wide * high);
  let light = 0;
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
    light += grey[at];
  }
  const notes = [];
  if (longSide < LEAST_LONG_SIDE) notes.push("small");
  if (light / grey.length < LEAST_LIGHT) notes.push("dark");
  if (sharpness(grey, wide, high) < LEAST_SHARPNESS) notes.push("blurred");
  return notes;
}

/** Variance of the Laplacian in the sharpest of sixteen fields. */
function sharpness(grey, wide, high) {
  const sums = Array.from({ length: 16 }, () => [0, 0, 0]);
  for (let y = 1; y < high - 1; y += 1) {
    for (let x = 1; x < wide - 1; x += 1) {
      const at = y * wide + x;
      const edge = 4 * grey[at] - grey[at - 1] - grey[at + 1] - grey[at - wide] - grey[at + wide];
      const cut = Math.max(-128, Math.min(127, edge));
      const sum = sums[4 * Math.floor((4 * y) / high) + Math.floor((4 * x) / wide)];
      sum[0] += 1;
      sum[1] += cut;
      sum[2] += cut * cut;
    }
  }
  return Math.max(...sums.map(([n, one, two]) => (n ? two / n - (one / n) ** 2 : 0)));
}

/** One PDF of A4 pages; `mostBytes` for all together. */
export async function onePdf(pages, mostBytes) {
  const budget = Math.min(MOST_PAGE_BYTES, Math.floor((mostBytes - 4096) / pages.length));
  const drawn = [];
  for (const page of pages) drawn.push(await jpegOf(page.canvas, budget));
  return new Blob(pdfParts(drawn), { type: "application/pdf" });
}

async function jpegOf(canvas, budget) {
  let blob = null;
  for (const quality of QUALITIES) {
    blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob.size <= budget) break;
  }
  return { bytes: new Uint8Array(await blob.arrayBuffer()), width: canvas.width, height: canvas.height };
}

/** Objects 1 and 2 are the catalogue and the pages; each page takes three: page, what is drawn, photo. */
function pdfParts(photos) {
  const parts = [];
  const places = [];
  let length = 0;
  const put = (part) => {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (words, stream) => {
    places.push(length);
    put(`${places.length} 0 obj\n${words}\n`);
    if (stream) {
      put("stream\n");
      put(stream);
      put("\nendstream\n");
    }
    put("endobj\n");
  };
  put("%PDF-1.7\n");
  object("<</Type/Catalog/Pages 2 0 R>>");
  object(`<</Type/Pages/Count ${photos.length}/Kids[${photos.map((_, n) => `${3 + 3 * n} 0 R`).join(" ")}]>>`);
  photos.forEach((photo, n) => {
    const [wide, high] = photo.height >= photo.width ? A4 : [A4[1], A4[0]];
    const scale = Math.min(wide / photo.width, high / photo.height);
    const [w, h] = [photo.width * scale, photo.height * scale];
    const place = `q ${[w, 0, 0, h, (wide - w) / 2, (high - h) / 2].map((one) => one.toFixed(2)).join(" ")} cm /Photo Do Q`;
    const first = 3 + 3 * n;
    object(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${wide} ${high}]/Contents ${first + 1} 0 R` +
        `/Resources<</XObject<</Photo ${first + 2} 0 R>>>>>>`,
    );
    object(`<</Length ${place.length}>>`, place);
    object(
      `<</Type/XObject/Subtype/Image/Width ${photo.width}/Height ${photo.height}/ColorSpace/DeviceRGB` +
        `/BitsPerComponent 8/Filter/DCTDecode/Length ${photo.bytes.length}>>`,
      photo.bytes,
    );
  });
  const table = length;
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  put(`xref\n0 ${places.length + 1}\n0000000000 65535 f \n${rows}`);
  put(`trailer\n<</Size ${places.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`);
  return parts;
}
