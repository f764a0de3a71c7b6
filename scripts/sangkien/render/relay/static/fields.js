// The answers as they stand in the fields: read, written, cleared, and complained about.
import { all, make, neat, one } from "./dom.js";
import { words } from "./words.js";

export class Fields {
  constructor(form) {
    this.form = form;
    this.places = new Map();
    for (const place of all("[data-field]", form)) {
      if (!place.dataset.of || place.dataset.of === "choice") this.places.set(place.dataset.field, place);
    }
  }

  get keys() {
    return [...this.places.keys()];
  }

  get(key) {
    const place = this.places.get(key);
    if (!place) return "";
    if (place.dataset.of !== "choice") return neat(place.value);
    const chosen = one("input:checked", place);
    return chosen ? chosen.value : "";
  }

  set(key, text) {
    const place = this.places.get(key);
    if (!place) return;
    if (place.dataset.of !== "choice") {
      place.value = text;
      return;
    }
    for (const input of all("input", place)) input.checked = input.value === text;
  }

  flag(name) {
    const box = one(`[data-flag="${name}"]`, this.form);
    return Boolean(box && box.checked);
  }

  /** Whether what was chosen is not taken over the network. */
  closes(key) {
    const place = this.places.get(key);
    return Boolean(place && one("input[data-closes]:checked", place));
  }

  /** Empty every field, and whatever else of the form can hold something. */
  clear() {
    this.form.reset();
    for (const key of this.keys) this.set(key, "");
  }

  /** The place a key is answered at. */
  place(key) {
    return this.places.get(key) || one(`#o-${key}`, this.form);
  }

  /** The element to go to for a key. */
  target(key) {
    const place = this.place(key) || one(`[data-field="${key}"]`, this.form);
    if (!place) return null;
    return place.matches("input, textarea") ? place : one("input:checked, input, textarea", place);
  }

  /** Say what is amiss at a key: a sentence, or findings of {sentence, cure, example}; nothing takes it back. */
  complain(key, said) {
    const found = typeof said === "string" ? [{ sentence: said }].filter(({ sentence }) => sentence) : said;
    const place = this.place(key), line = one(`#l-${key}`, this.form);
    if (place && found.length) place.setAttribute("aria-invalid", "true");
    else if (place) place.removeAttribute("aria-invalid");
    if (!line) return;
    line.textContent = "";
    for (const finding of found) line.append(...told(finding));
    line.hidden = !found.length;
  }
}

function told({ sentence, cure, example }) {
  const parts = [make("p", sentence)];
  if (cure) parts.push(make("p", cure));
  if (example) parts.push(make("p", `${words.for_example} ${example}`, { class: "instance" }));
  return parts;
}
