// What every form of these pages does: questions, a draft on the device, a review, and sending until somebody answers.
import { all, fill, neat, one, say } from "./dom.js";
import * as drafts from "./draft.js";
import { Fields } from "./fields.js";
import { enclose } from "./parcel.js";
import { post } from "./post.js";
import { Proof } from "./proof.js";
import { review } from "./review.js";
import { canSeal, isContact, load } from "./seal.js";
import { suggest } from "./units.js";
import { Walk } from "./walk.js";
import { words } from "./words.js";

const KEPT_AFTER = 300;

export class Telling {
  /** `address` is where it is sent; `draft` names what is kept on the device. Made by `begin`, once a form is whole. */
  constructor(form, { address, draft }) {
    // `tried`: it was sent and nobody knows whether it arrived; `mended`: and it was changed since.
    Object.assign(this, { form, address, draft, fields: new Fields(form), busy: false, timer: 0, request: drafts.drawKey(), startAt: "", tried: false, mended: false });
    this.keys = form.dataset.keys.split(" ").filter(Boolean);
    const section = (name) => one(`[data-step="${name}"]`, form);
    if (section("unit")) suggest(section("unit"));
    if (section("contact") && !canSeal()) section("contact").remove(); // nothing may leave in clear
    this.sealed = one("[data-sealed]", form);
    this.proof = new Proof(one("[data-check]", form));
  }

  /** `checks` and `empty` are those of the walk, `told` of the review; a form's own are added to those of the contact. */
  begin({ checks = {}, empty = {}, told = {} } = {}) {
    this.told = { contact: () => (this.contact ? words.contact_given : ""), ...told };
    this.walk = new Walk(this.form, this.fields, {
      checks: { contact: () => this.blame("contact", this.unreachable()), ...checks },
      empty: { contact: () => !this.contact, ...empty },
      onShow: (name) => this.onShow(name),
    });
    this.listen();
    const draft = drafts.recall(this.draft);
    if (draft) this.restore(draft);
    this.form.hidden = false;
    history.replaceState({ step: "intro" }, "");
    this.walk.show("intro", { push: false, focus: false });
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

  /** Take up the draft that was left here. */
  restore(draft) {
    for (const [key, text] of Object.entries(draft.answers)) this.fields.set(key, String(text));
    if (/^[0-9a-f]{32}$/.test(draft.request)) this.request = draft.request;
    [this.tried, this.mended] = [Boolean(draft.tried), Boolean(draft.mended)];
    this.startAt = String(draft.step || "");
    const start = one("[data-start]", this.form);
    start.textContent = start.dataset.resume;
    say(one("[data-restored]", this.form), `${fill(words.restored, { day: draft.day })} ${this.notKept}`.trim());
    one("[data-draft]", this.form).hidden = false;
  }

  /** What is said of answers no draft holds. */
  get notKept() {
    return this.sealed ? words.restored_contact : "";
  }

  changed(target) {
    if (this.walk.over) return;
    if (this.tried) this.mended = true;
    if (target === this.sealed) load().catch(() => { /* tried again before sending */ });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), KEPT_AFTER);
  }

  onShow(name) {
    if (name === "review") {
      review(this.walk, this.told);
      this.proof.start().catch(() => { /* said by the proof itself */ });
    }
    if (name !== "intro" && name !== "closing") this.keep();
  }

  /** What a draft holds beside the answers in the fields. */
  more() {
    return {};
  }

  keep() {
    if (this.walk.over) return;
    const answers = drafts.answersOf(this.fields), more = this.more();
    if (!Object.keys(answers).length && !Object.values(more).some((part) => part.length)) return;
    if (!["intro", "closing", "review", ""].includes(this.walk.current)) this.startAt = this.walk.current;
    const now = new Date(), day = `${now.getDate()}/${now.getMonth() + 1}/${now.getFullYear()}`;
    const { request, startAt, tried, mended } = this;
    const kept = drafts.keep(this.draft, { answers, ...more, request, step: startAt, day, tried, mended });
    one("[data-draft]", this.form).hidden = false;
    say(one("[data-kept]", this.form), kept ? "" : words.not_kept);
  }

  /** Empty the form, here and on the device. */
  forget() {
    clearTimeout(this.timer);
    drafts.forget(this.draft);
    this.fields.clear();
  }

  erase() {
    this.forget();
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

  unreachable() {
    return this.contact && !isContact(this.contact) ? { text: words.contact_bad, field: this.sealed } : null;
  }

  /** Gather what is sent, but for the contact. */
  parcel(proof) {
    const parcel = new FormData();
    parcel.append("request", this.request);
    for (const key of this.fields.keys) if (this.fields.get(key)) parcel.append(key, this.fields.get(key));
    parcel.append("altcha", proof);
    return parcel;
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
      const parcel = this.parcel(await this.proof.take());
      if (this.contact) await enclose(parcel, this.contact, this.keys);
      this.tried = true;
      this.keep();
      answer = await post(this.address, parcel, { onPart: (n) => { sending.textContent = fill(words.sending_part, { n }); } });
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

  done(answer) {
    this.walk.over = true;
    this.forget();
    this.form.hidden = true;
    history.replaceState(null, "");
    this.thank(answer);
  }
}
