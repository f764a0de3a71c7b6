// Photos made small on the device: drawn anew, so that nothing a camera writes beside a picture is left in it.
import { all, fill, neat, one } from "./dom.js";
import { words } from "./words.js";

const QUALITIES = [0.82, 0.7, 0.58, 0.46];
const SMALLEST = 480;

export class Photos {
  constructor(root, section) {
    Object.assign(this, { root, section, photos: [], pattern: one("[data-photo]", section).content });
    this.most = Number(root.dataset.most);
    this.limit = { bytes: Number(root.dataset.bytes), side: Number(root.dataset.side) };
    for (const input of all("[data-take], [data-pick]", section)) {
      input.addEventListener("change", async () => {
        const files = [...input.files];
        input.value = "";
        for (const file of files) await this.add(file); // one after the other: a cheap phone has memory for one
      });
    }
    this.show();
  }

  say(text) {
    one("[data-photo-said]", this.section).textContent = text;
  }

  async add(file) {
    if (this.photos.length >= this.most) { this.say(fill(words.photo_most, { n: this.most })); return; }
    this.say(words.photo_working);
    let blob;
    try { blob = await shrink(file, this.limit); } catch { this.say(words.photo_bad); return; }
    const card = this.pattern.cloneNode(true).firstElementChild;
    const photo = { blob, card, address: URL.createObjectURL(blob) };
    one("img", card).src = photo.address;
    one("[data-remove]", card).addEventListener("click", () => this.remove(photo));
    this.photos.push(photo);
    this.root.append(card);
    this.show();
    this.say(fill(words.photo_added, { size: Math.ceil(blob.size / 1024) }));
    one("[data-alt]", card).focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    this.root.dispatchEvent(new Event("input", { bubbles: true }));
  }

  remove(photo) {
    URL.revokeObjectURL(photo.address);
    photo.card.remove();
    this.photos = this.photos.filter((other) => other !== photo);
    this.show();
    this.say(words.photo_removed);
    one("[data-pick]", this.section).focus();
    this.root.dispatchEvent(new Event("input", { bubbles: true }));
  }

  clear() {
    for (const photo of [...this.photos]) {
      URL.revokeObjectURL(photo.address);
      photo.card.remove();
    }
    this.photos = [];
    this.show();
    this.say("");
  }

  show() {
    this.photos.forEach(({ card }, place) => {
      one("legend", card).textContent = fill(words.photo_place, { n: place + 1 });
      for (const input of all("input[type=radio]", card)) input.name = `photo-${place + 1}-shows`;
    });
    const consent = one("[data-photo-consent]", this.section);
    consent.hidden = !this.photos.length;
    if (!this.photos.length) one("input", consent).checked = false;
    one(".pick", this.section).hidden = this.photos.length >= this.most;
  }

  get consented() {
    return one("[data-flag=photo_consent]", this.section).checked;
  }

  read() {
    return this.photos.map(({ blob, card }) => {
      const shows = one("input[type=radio]:checked", card);
      return { blob, alt: neat(one("[data-alt]", card).value), shows: shows ? shows.value : "" };
    });
  }

  /** Give the first fault as {text, field}, or null. */
  fault() {
    for (const [place, { alt, shows }] of this.read().entries()) {
      const { card } = this.photos[place];
      if (!alt) return { text: words.photo_alt, field: one("[data-alt]", card) };
      if (!shows) return { text: words.photo_shows, field: one("input[type=radio]", card) };
    }
    if (this.photos.length && !this.consented) {
      return { text: words.photo_consent, field: one("[data-flag=photo_consent]", this.section) };
    }
    return null;
  }
}

/** Draw a picture anew, no longer than `side` and no heavier than `bytes`: WebP, or JPEG where there is none. */
export async function shrink(file, { bytes, side }) {
  const address = URL.createObjectURL(file);
  try {
    const picture = await opened(address);
    const { naturalWidth: width, naturalHeight: height } = picture;
    if (!width || !height) throw new Error("no picture");
    let longest = Math.min(side, Math.max(width, height)), best = null;
    const canvas = document.createElement("canvas");
    while (longest >= SMALLEST || !best) {
      const scale = longest / Math.max(width, height);
      await draw(canvas, file, picture, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
      for (const quality of QUALITIES) {
        best = await encoded(canvas, quality);
        if (best.size <= bytes) {
          canvas.width = canvas.height = 0; // gives its memory back at once
          return best;
        }
      }
      longest = Math.floor(longest * 0.75);
    }
    throw new Error("too heavy");
  } finally { URL.revokeObjectURL(address); }
}

function opened(address) {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve(picture);
    picture.onerror = () => reject(new Error("no picture"));
    picture.src = address;
  });
}

/** Decode straight to the size wanted where the browser can: a whole photo of a phone takes 50 MB and more. */
async function draw(canvas, file, picture, width, height) {
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  let bitmap = null;
  try {
    bitmap = await createImageBitmap(file, { resizeWidth: width, resizeHeight: height, resizeQuality: "medium", imageOrientation: "from-image" });
  } catch { /* an old browser: draw the picture itself */ }
  if (bitmap && bitmap.width === width && bitmap.height === height) pen.drawImage(bitmap, 0, 0);
  else pen.drawImage(picture, 0, 0, width, height);
  if (bitmap) bitmap.close();
}

function encoded(canvas, quality) {
  const as = (type) => new Promise((resolve) => canvas.toBlob(resolve, type, quality));
  return as("image/webp").then(async (blob) => {
    if (blob && blob.type === "image/webp") return blob;
    const other = await as("image/jpeg");
    if (!other) throw new Error("no memory");
    return other;
  });
}
