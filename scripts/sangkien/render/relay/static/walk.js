// One question at a time: which one is shown, forward and back, by buttons, by Enter, by the phone's own back button.
import { all, fill, length, one } from "./dom.js";
import { words } from "./words.js";

const FINE = matchMedia("(pointer: fine)");

export class Walk {
  /**
   * Steps of their own kind bring what they need: `checks` complain and give what to go to, `empty` tell whether
   * nothing was said there; `onShow` hears of each step shown.
   */
  constructor(form, fields, { checks = {}, onShow = () => {}, empty = {} }) {
    Object.assign(this, { form, fields, checks, onShow, emptiness: empty, mending: new Map(), current: "", returning: false, over: false });
    this.steps = all("[data-step]", form);
    this.next = one("[data-next]", form);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.forward(); });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) this.forward();
    });
    one("[data-back]", form).addEventListener("click", () => this.back());
    one("[data-back-review]", form).addEventListener("click", () => (this.step("intro") ? this.back() : this.leave()));
    for (const button of all("[data-back-closing]", form)) button.addEventListener("click", () => history.back());
    addEventListener("popstate", (event) => {
      if (event.state && event.state.step && !this.over) this.show(event.state.step, { push: false });
    });
    for (const kind of ["input", "change"]) form.addEventListener(kind, (event) => this.typed(event.target));
  }

  /** Whether an answer is not taken over the network. */
  get closes() {
    return this.fields.keys.some((key) => this.fields.closes(key));
  }

  step(name) {
    return this.steps.find((step) => step.dataset.step === name);
  }

  /** The questions that are asked, in order, as things stand. */
  get asked() {
    return this.steps.filter((step) => step.dataset.label && (!step.dataset.if || this.fields.flag(step.dataset.if)));
  }

  /** The step on which a key is answered. */
  stepOf(key) {
    const name = key.startsWith("photo") ? "photos" : key;
    if (!/^[\w-]+$/.test(name)) return null;
    const places = `[data-field="${name}"], [data-part="${name}"], [data-flag="${name}"], #l-${name}`;
    return this.asked.find((step) => step.dataset.step === name || one(places, step)) || null;
  }

  show(name, { push = true, focus = true, key = "" } = {}) {
    const step = this.step(name);
    if (!step || (step.dataset.label && !this.asked.includes(step))) return;
    this.current = name;
    for (const each of this.steps) each.hidden = each !== step;
    const place = this.asked.indexOf(step);
    one("[data-turns]", this.form).hidden = place < 0;
    const progress = one("[data-progress]", this.form);
    progress.hidden = place < 0 && name !== "review";
    one("[data-where]", progress).textContent = name === "review" ? words.of_review : fill(words.progress, { n: place + 1, most: this.asked.length });
    one("progress", progress).value = name === "review" ? 1 : (place + 1) / (this.asked.length + 1);
    if (name === "review") this.returning = false;
    this.name();
    if (push) history.pushState({ step: name }, "");
    if (key) this.open(step, key);
    if (focus) this.focus(step, key);
    this.onShow(name);
  }

  open(step, key) {
    const part = one(`details[data-part="${key}"]`, step);
    if (part) part.open = true;
  }

  /** On a phone the keyboard would hide the question, so its heading is gone to; beside a mouse, the field itself. */
  focus(step, key) {
    const heading = one("h1", step), field = key ? this.fields.target(key) : one("input:checked, input, textarea", step);
    const typed = field && field.matches("input[type=text], textarea") && !field.closest("details:not([open])");
    const target = field && (key || (FINE.matches && typed)) ? field : heading;
    target.focus({ preventScroll: true });
    // What is amiss stands under a field that is typed in, and above choices, right under the heading.
    const below = key && !target.matches("[type=radio]");
    (below ? target : heading).scrollIntoView({ block: below ? "center" : "start" });
    if (!key) scrollTo(0, 0);
  }

  /** Something was typed or chosen: what was said to be amiss there may no longer be. */
  typed(target) {
    const described = target.closest("[aria-describedby]");
    const ids = described ? described.getAttribute("aria-describedby").split(" ") : [];
    for (const id of ids) if (id.startsWith("l-") && !one(`#${id}`, this.form).hidden) this.fields.complain(id.slice(2), "");
    target.removeAttribute("aria-invalid");
    this.name();
  }

  /** Name the button for what it does: go on, leave out, or return to the review. */
  name() {
    const step = this.step(this.current);
    if (!step || !step.dataset.label) return;
    const { go, pass, toReview } = this.next.dataset;
    this.next.textContent = this.returning ? toReview : this.empty(step) && !("required" in step.dataset) ? pass : go;
  }

  empty(step) {
    const own = this.emptiness[step.dataset.step];
    return own ? own() : all("[data-field]", step).every((place) => !this.fields.get(place.dataset.field));
  }

  /** Look at a step; complain where something is amiss and go there. Tells whether all is well. */
  sound(step, { go = true } = {}) {
    const wrong = [];
    for (const place of all("[data-field]", step)) {
      const key = place.dataset.field;
      if (!this.fields.places.has(key)) continue;
      const said = this.fault(step, place, this.fields.get(key));
      this.fields.complain(key, said);
      if (said) wrong.push(this.fields.target(key));
    }
    const own = this.checks[step.dataset.step];
    const more = own ? own() : null;
    if (more) wrong.push(more);
    if (wrong.length && go) {
      const closed = wrong[0].closest("details");
      if (closed) closed.open = true;
      wrong[0].focus();
    }
    return !wrong.length;
  }

  fault(step, place, text) {
    const asked = "required" in step.dataset && place.getAttribute("aria-required") === "true";
    if (!text) return asked ? (place.dataset.of === "choice" ? words.missing_choice : words.missing) : "";
    const least = Number(place.dataset.least || 0), most = Number(place.getAttribute("maxlength") || 0);
    if (least && length(text) < least) return fill(words.short, { n: least });
    return most && length(text) > most ? fill(words.long, { n: most }) : "";
  }

  forward() {
    const step = this.step(this.current);
    if (!step || !step.dataset.label || !this.sound(step)) return;
    if (this.closes) { this.show("closing"); return; }
    this.mending.delete(step.dataset.step);
    if (this.mending.size) { this.mend(); return; }
    const later = this.asked[this.asked.indexOf(step) + 1];
    // A question that an answer has just brought up is asked before the review comes back.
    if (later && (!this.returning || (later.dataset.if && !later.dataset.seen))) {
      later.dataset.seen = "yes";
      this.show(later.dataset.step);
    } else this.show("review");
  }

  back() {
    const { asked } = this, step = this.step(this.current), place = asked.indexOf(step);
    if (this.returning) this.show("review");
    else if (place > 0) this.show(asked[place - 1].dataset.step);
    else if (place < 0) this.show(asked[asked.length - 1].dataset.step);
    else if (this.step("intro")) this.show("intro");
    else this.leave();
  }

  /** Out of the form, where it is not the whole page. */
  leave() {
    this.form.dispatchEvent(new CustomEvent("leave"));
  }

  /** Go to a question from the review, and come back to it. */
  visit(name, key = "") {
    this.returning = true;
    this.show(name, { key });
  }

  /** Show what was found amiss after sending, question by question; gives what belongs to none. */
  blame(found) {
    this.mending.clear();
    const rest = [];
    const byKey = new Map();
    for (const finding of found) {
      const step = this.stepOf(finding.key);
      if (!step) { rest.push(finding); continue; }
      const key = one(`#l-${finding.key}`, step) ? finding.key : one(".error", step).id.slice(2);
      byKey.set(key, [...(byKey.get(key) || []), finding]);
      this.mending.set(step.dataset.step, key);
    }
    for (const [key, findings] of byKey) this.fields.complain(key, findings);
    return rest;
  }

  mend() {
    const first = this.asked.find((step) => this.mending.has(step.dataset.step));
    if (!first) { this.mending.clear(); this.show("review"); return; }
    this.visit(first.dataset.step, this.mending.get(first.dataset.step));
    const left = this.mending.size;
    one("[data-where]", this.form).textContent = left > 1 ? fill(words.mend, { n: left }) : words.mend_one;
  }
}
