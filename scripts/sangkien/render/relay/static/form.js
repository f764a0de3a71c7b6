// The form on which an idea is told: authors, photos, consents, and ideas like it.
import { Alike } from "./alike.js";
import { Authors } from "./authors.js";
import { fill, one } from "./dom.js";
import { parcelOf } from "./parcel.js";
import { Photos } from "./photos.js";
import { receipt } from "./receipt.js";
import { Telling } from "./telling.js";
import { words } from "./words.js";

const ALIKE_ON = ["title", "after"];

class Form extends Telling {
  constructor(form) {
    super(form, { address: "/gui", draft: "y" });
    const section = (name) => one(`[data-step="${name}"]`, form);
    this.authors = new Authors(one("[data-authors]", form), section("authors"));
    this.photos = new Photos(one("[data-photos]", form), section("photos"));
    this.alike = new Alike(one("[data-alike]", form), () => (this.walk.closes ? "" : ALIKE_ON.map((key) => this.fields.get(key)).join("\n")));
    this.begin({
      checks: {
        authors: () => this.blame("authors", this.authors.fault()),
        photos: () => this.blame("photos", this.photos.fault()),
        display: () => this.blame("agreement", this.unagreed()),
        guardian: () => this.blame("guardian_relation", this.unrelated()),
      },
      empty: {
        authors: () => this.authors.isEmpty, photos: () => !this.photos.photos.length,
        display: () => !this.fields.get("display") && !this.fields.flag("minor"), guardian: () => !this.fields.flag("guardian"),
      },
      told: {
        authors: () => (this.authors.isEmpty ? "" : this.authors.text()),
        photos: () => (this.photos.photos.length ? fill(words.photo_count, { n: this.photos.photos.length }) : ""),
        guardian: () => (this.fields.flag("guardian") ? words.ticked : words.not_ticked),
        display: () => this.namesTold(),
      },
    });
  }

  restore(draft) {
    if (Array.isArray(draft.authors)) this.authors.write(draft.authors);
    super.restore(draft);
  }

  get notKept() {
    return words.restored_photos;
  }

  changed(target) {
    super.changed(target);
    if (this.walk.over) return;
    if (target.dataset.flag === "guardian") one("[data-relation]", this.form).hidden = !target.checked;
    if (ALIKE_ON.includes(target.dataset.field)) this.alike.stir();
  }

  onShow(name) {
    if (ALIKE_ON.includes(name)) this.alike.stir();
    else this.alike.stop();
    super.onShow(name);
  }

  namesTold() {
    const said = [this.fields.get("display")];
    for (const flag of ["agreement", "minor"]) {
      if (this.fields.flag(flag)) said.push(`☑ ${one(`[data-flag="${flag}"]`, this.form).closest("label").textContent}`);
    }
    return said.filter(Boolean).join("\n");
  }

  more() {
    return { authors: this.authors.isEmpty ? [] : this.authors.read() };
  }

  forget() {
    super.forget();
    this.authors.write([]);
    this.photos.clear();
    one("[data-relation]", this.form).hidden = true;
    this.alike.stop();
  }

  unagreed() {
    const wish = one("[data-field=display] input:checked", this.form), box = one("[data-flag=agreement]", this.form);
    return wish && !("hides" in wish.dataset) && !box.checked ? { text: words.consent_mismatch, field: box } : null;
  }

  unrelated() {
    const missing = this.fields.flag("guardian") && !this.fields.get("guardian_relation");
    return missing ? { text: words.relation_missing, field: one("[data-relation] input", this.form) } : null;
  }

  parcel(proof) {
    return parcelOf(this, proof);
  }

  thank(slip) {
    receipt(slip, this.mended);
  }
}

one("[data-waiting]").remove();
new Form(one("[data-form]"));
