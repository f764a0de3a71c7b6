// The form on which an idea is told: questions, draft, ideas like it, and the sending.
import { Alike } from "./alike.js";
import { Authors } from "./authors.js";
import { all, fill, neat, one, say } from "./dom.js";
import * as drafts from "./draft.js";
import { Fields } from "./fields.js";
import { Photos } from "./photos.js";
import { enclose, parcelOf } from "./parcel.js";
import { post } from "./post.js";
import { Proof } from "./proof.js";
import { receipt } from "./receipt.js";
import { review } from "./review.js";
import { canSeal, isContact, load } from "./seal.js";
import { suggest } from "./units.js";
import { Walk } from "./walk.js";
import { words } from "./words.js";

const ALIKE_ON = ["title", "after"];
const KEPT_AFTER = 300;

class Form {
  constructor(form) {
    // `tried`: it was sent and nobody knows whether it arrived; `mended`: and it was changed since.
    Object.assign(this, { form, fields: new Fields(form), busy: false, timer: 0, request: drafts.drawKey(), startAt: "", tried: false, mended: false });
    this.keys = form.dataset.keys.split(" ").filter(Boolean);
    this.prepare();
    this.walk = new Walk(form, this.fields, {
      checks: {
        authors: () => this.blame("authors", this.authors.fault()),
        photos: () => this.blame("photos", this.photos.fault()),
        display: () => this.blame("agreement", this.unagreed()),
        guardian: () => this.blame("guardian_relation", this.unrelated()),
        contact: () => this.blame("contact", this.unreachable()),
      },
      empty: {
        authors: () => this.authors.isEmpty, photos: () => !this.photos.photos.length, contact: () => !this.contact,
        display: () => !this.fields.get("display") && !this.fields.flag("minor"), guardian: () => !this.fields.flag("guardian"),
      },
      onShow: (name) => this.onShow(name),
    });
    this.listen();
    this.open();
  }

  prepare() {
    const { form } = this, section = (name) => one(`[data-step="${name}"]`, form);
    this.authors = new Authors(one("[data-authors]", form), section("authors"));
    this.photos = new Photos(one("[data-photos]", form), section("photos"));
    if (section("unit")) suggest(section("unit"));
    if (section("contact") && !canSeal()) section("contact").remove(); // nothing may leave in clear
    this.sealed = one("[data-sealed]", form);
    this.proof = new Proof(one("[data-check]", form));
    this.alike = new Alike(one("[data-alike]", form), () => (this.walk.closes ? "" : ALIKE_ON.map((key) => this.fields.get(key)).join("\n")));
  }

  get contact() {
    return this.sealed ? neat(this.sealed.value) : "";
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", (event) => this.changed(event.target));
    form.addEventListener("change", (event) => this.changed(event.target));
    addEventListener("pagehide", () => this.keep());
    one("[data-start]", form).addEventListener("click", () => this.walk.show(this.walk.step(this.startAt) ? this.startAt : this.walk.asked[0].dataset.step));
    one("[data-send]", form).addEventListener("click", () => this.send());
    one("[data-erase]", form).addEventListener("click", () => { if (confirm(words.erase_sure)) this.erase(); });
  }

  /** Show the first screen, with the draft that was left here. */
  open() {
    const draft = drafts.recall();
    if (draft) {
      for (const [key, text] of Object.entries(draft.answers)) this.fields.set(key, String(text));
      if (Array.isArray(draft.authors)) this.authors.write(draft.authors);
      if (/^[0-9a-f]{32}$/.test(draft.request)) this.request = draft.request;
      [this.tried, this.mended] = [Boolean(draft.tried), Boolean(draft.mended)];
      this.startAt = String(draft.step || "");
      const start = one("[data-start]", this.form);
      start.textContent = start.dataset.resume;
      say(one("[data-restored]", this.form), `${fill(words.restored, { day: draft.day })} ${words.restored_photos}`);
      one("[data-draft]", this.form).hidden = false;
    }
    this.form.hidden = false;
    history.replaceState({ step: "intro" }, "");
    this.walk.show("intro", { push: false, focus: false });
  }

  changed(target) {
    if (this.walk.over) return;
    if (this.tried) this.mended = true;
    if (target.dataset.flag === "guardian") one("[data-relation]", this.form).hidden = !target.checked;
    const key = target.dataset.field;
    if (ALIKE_ON.includes(key)) this.alike.stir();
    if (target === this.sealed) load().catch(() => { /* tried again before sending */ });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), KEPT_AFTER);
  }

  onShow(name) {
    if (ALIKE_ON.includes(name)) this.alike.stir();
    else this.alike.stop();
    if (name === "review") {
      review(this.walk, {
        authors: () => (this.authors.isEmpty ? "" : this.authors.text()),
        photos: () => (this.photos.photos.length ? fill(words.photo_count, { n: this.photos.photos.length }) : ""),
        contact: () => (this.contact ? words.contact_given : ""),
        guardian: () => (this.fields.flag("guardian") ? words.ticked : words.not_ticked),
        display: () => this.namesTold(),
      });
      this.proof.start().catch(() => { /* said by the proof itself */ });
    }
    if (name !== "intro" && name !== "closing") this.keep();
  }

  namesTold() {
    const said = [this.fields.get("display")];
    for (const flag of ["agreement", "minor"]) {
      if (this.fields.flag(flag)) said.push(`☑ ${one(`[data-flag="${flag}"]`, this.form).closest("label").textContent}`);
    }
    return said.filter(Boolean).join("\n");
  }

  keep() {
    if (this.walk.over) return;
    const answers = drafts.answersOf(this.fields), authors = this.authors.isEmpty ? [] : this.authors.read();
    if (!Object.keys(answers).length && !authors.length) return;
    if (!["intro", "closing", "review", ""].includes(this.walk.current)) this.startAt = this.walk.current;
    const now = new Date(), day = `${now.getDate()}/${now.getMonth() + 1}/${now.getFullYear()}`;
    const { request, startAt, tried, mended } = this;
    const kept = drafts.keep({ answers, authors, request, step: startAt, day, tried, mended });
    one("[data-draft]", this.form).hidden = false;
    say(one("[data-kept]", this.form), kept ? "" : words.not_kept);
  }

  /** Empty everything, on the page and on the device. */
  erase() {
    clearTimeout(this.timer);
    drafts.forget();
    this.fields.clear();
    this.authors.write([]);
    this.photos.clear();
    one("[data-relation]", this.form).hidden = true;
    this.alike.stop();
    Object.assign(this, { request: drafts.drawKey(), startAt: "", tried: false, mended: false });
    const start = one("[data-start]", this.form);
    start.textContent = start.dataset.fresh;
    for (const line of all(".error[id]", this.form)) this.fields.complain(line.id.slice(2), "");
    this.walk.mending.clear();
    this.walk.returning = false;
    this.walk.show("intro");
    say(one("[data-restored]", this.form), words.erased);
    one("[data-draft]", this.form).hidden = true;
  }

  blame(key, fault) {
    this.fields.complain(key, fault ? fault.text : "");
    for (const field of all("[aria-invalid][data-name], [aria-invalid][data-share], [aria-invalid][data-alt]", this.form)) field.removeAttribute("aria-invalid");
    if (fault && fault.field.matches("input[type=text]")) fault.field.setAttribute("aria-invalid", "true");
    return fault ? fault.field : null;
  }

  unagreed() {
    const wish = one("[data-field=display] input:checked", this.form), box = one("[data-flag=agreement]", this.form);
    return wish && !("hides" in wish.dataset) && !box.checked ? { text: words.consent_mismatch, field: box } : null;
  }

  unrelated() {
    const missing = this.fields.flag("guardian") && !this.fields.get("guardian_relation");
    return missing ? { text: words.relation_missing, field: one("[data-relation] input", this.form) } : null;
  }

  unreachable() {
    return this.contact && !isContact(this.contact) ? { text: words.contact_bad, field: this.sealed } : null;
  }

  trouble(text, again = false) {
    say(one("[data-trouble]", this.form), text);
    if (again) one("[data-send]", this.form).textContent = words.again;
    one("[data-sending]", this.form).textContent = "";
  }

  async send() {
    if (this.busy) return;
    if (this.walk.closes) { this.walk.show("closing"); return; }
    const amiss = this.walk.asked.find((step) => !this.walk.sound(step, { go: false }));
    if (amiss) {
      this.walk.visit(amiss.dataset.step);
      this.walk.sound(amiss);
      return;
    }
    this.busy = true;
    one("[data-send]", this.form).setAttribute("aria-disabled", "true");
    this.trouble("");
    try { await this.deliver(); } finally {
      this.busy = false;
      one("[data-send]", this.form).removeAttribute("aria-disabled");
    }
  }

  async deliver(second = false) {
    this.keep();
    const sending = one("[data-sending]", this.form);
    sending.textContent = words.sending;
    let answer;
    try {
      const proof = await this.proof.take();
      const parcel = parcelOf(this, proof);
      if (this.contact) await enclose(parcel, this.contact, this.keys);
      this.tried = true;
      this.keep();
      answer = await post("/gui", parcel, { onPart: (n) => { sending.textContent = fill(words.sending_part, { n }); } });
    } catch (error) {
      const said = { offline: words.offline, slow: words.slow, contact: words.contact_failed }[error.message];
      this.trouble(said || (navigator.onLine === false ? words.offline : words.failed), true);
      return;
    }
    if (answer.status === 201 && answer.body.code) return this.done(answer.body);
    if (answer.status < 500) Object.assign(this, { tried: false, mended: false }); // refused, so nothing of it is kept there
    if (answer.status === 422 && Array.isArray(answer.body.findings)) return this.refused(answer.body.findings);
    if (answer.status === 403 && answer.body.error === "proof" && !second) return this.deliver(true);
    this.trouble(answer.body.sentence || words.failed, true);
  }

  refused(found) {
    this.trouble("");
    const rest = this.walk.blame(found);
    this.fields.complain("review", rest.length ? [{ sentence: words.mend_general }, ...rest] : "");
    if (this.walk.mending.size) this.walk.mend();
    else one("[data-send]", this.form).focus();
  }

  done(slip) {
    const earlier = this.mended;
    this.walk.over = true;
    clearTimeout(this.timer);
    drafts.forget();
    this.fields.clear();
    this.photos.clear();
    this.authors.write([]);
    this.alike.stop();
    this.form.hidden = true;
    history.replaceState(null, "");
    receipt(slip, earlier);
  }
}

one("[data-waiting]").remove();
new Form(one("[data-form]"));
