// Following an idea that was sent: both codes in, its road out; mending, withdrawing, asking to be erased.
import { all, fill, make, neat, one, say } from "./dom.js";
import { Fields } from "./fields.js";
import { readCode } from "./idea-code.js";
import { post } from "./post.js";
import { Proof } from "./proof.js";
import { review } from "./review.js";
import { suggest } from "./units.js";
import { Walk } from "./walk.js";
import { words } from "./words.js";

const PIN = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const EXAMPLE = "2026-7K3Q-F2TZ";

/** Read the secret code as forgivingly as the idea's own; empty when it is none. */
export function readPin(typed) {
  const bare = typed.replace(/[\s\-\u2010-\u2015]+/gu, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  return PIN.test(bare) ? `${bare.slice(0, 4)}-${bare.slice(4)}` : "";
}

class Follow {
  constructor() {
    Object.assign(this, { opening: one("[data-open]"), place: one("[data-state]"), form: one("[data-form]"), busy: false, state: {} });
    this.fields = new Fields(this.form);
    this.walk = new Walk(this.form, this.fields, { onShow: (name) => this.onShow(name) });
    this.walk.over = true;
    if (this.walk.step("unit")) suggest(this.walk.step("unit"));
    this.listen();
    one("#o-code").value = readCode(location.hash.slice(1)) || "";
    this.opening.hidden = false;
    history.replaceState(null, "");
    if (one("#o-code").value && matchMedia("(pointer: fine)").matches) one("#o-pin").focus();
  }

  listen() {
    this.opening.addEventListener("submit", (event) => { event.preventDefault(); this.once(() => this.ask()); });
    for (const button of all("[data-do]")) button.addEventListener("click", () => this.begin(button.dataset.do));
    one("[data-leave]").addEventListener("click", () => location.replace(location.pathname));
    this.form.addEventListener("leave", () => this.show(this.place));
    one("[data-send]", this.form).addEventListener("click", () => this.once(() => this.mend()));
    for (const sure of all("[data-sure]")) {
      one("[data-no]", sure).addEventListener("click", () => this.show(this.place));
      one("[data-yes]", sure).addEventListener("click", () => this.once(() => this.settle(sure)));
    }
  }

  /** Let one thing be under way at a time. */
  async once(step) {
    if (this.busy) return;
    this.busy = true;
    try { await step(); } finally { this.busy = false; }
  }

  show(part) {
    this.walk.over = part !== this.form;
    for (const each of [this.opening, this.place, this.form, ...all("[data-sure]")]) each.hidden = each !== part;
    if (part === this.form) return;
    one("h1", part).focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  complain(key, text) {
    const field = one(`#o-${key}`);
    say(one(`#l-${key}`), text);
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    return text ? field : null;
  }

  /** Check what was typed, ask, and show the answer. */
  async ask() {
    const code = readCode(one("#o-code").value), pin = readPin(one("#o-pin").value);
    const said = (key, bad, missing) => (neat(one(`#o-${key}`).value) ? bad : missing);
    const wrong = [
      this.complain("code", code ? "" : said("code", fill(words.code_bad, { example: EXAMPLE }), words.code_missing)),
      this.complain("pin", pin ? "" : said("pin", words.pin_bad, words.pin_missing)),
    ];
    const first = wrong.find(Boolean);
    if (first) { first.focus(); return; }
    const trouble = one("[data-open-trouble]");
    say(trouble, "");
    one("[data-opening]").textContent = words.opening;
    const answer = await this.call("/theo-doi", { code, pin }, trouble);
    one("[data-opening]").textContent = "";
    if (!answer) return;
    one("#o-pin").value = "";
    this.tell(answer);
  }

  /** Call the relay; an answer that is none is told in `trouble`. */
  async call(address, body, trouble) {
    let answer;
    try { answer = await post(address, body); } catch (error) {
      say(trouble, error.message === "offline" ? words.no_network : words.no_answer);
      return null;
    }
    if (answer.status === 200) return answer.body;
    if (answer.body.error === "signed_out") { this.expire(); return null; }
    if (answer.status === 422 && Array.isArray(answer.body.findings)) return answer.body;
    say(trouble, answer.body.sentence || words.no_answer);
    return null;
  }

  /** The token ran out: ask for the secret code again. */
  expire() {
    this.show(this.opening);
    say(one("[data-open-trouble]"), words.expired);
    one("#o-pin").focus();
  }

  /** Show where the idea stands; `done` says what was just done, and stands in the place of what was said before. */
  tell(state, done = "") {
    const { place } = this;
    this.state = { ...this.state, ...state };
    const { code, sentence, steps = [], reason, can = [], address } = this.state, shown = /^https?:\/\//.test(address || "");
    one("[data-code]", place).textContent = code;
    say(one("[data-said]", place), sentence || "");
    say(one("[data-done]", place), done);
    one("[data-why]", place).hidden = !reason;
    one("[data-reason]", place).textContent = reason || "";
    one("[data-page]", place).hidden = !shown;
    if (shown) one("[data-page] a", place).href = address;
    one("[data-way]", place).hidden = !steps.length;
    one("[data-road]", place).textContent = "";
    one("[data-road]", place).append(...steps.map(milestone));
    for (const button of all("[data-do]", place)) button.hidden = !can.includes(button.dataset.do);
    one("[data-can]", place).hidden = !can.length;
    say(one("[data-state-trouble]", place), "");
    this.show(place);
  }

  begin(deed) {
    if (deed === "edit" || deed === "answer") { this.once(() => this.edit()); return; }
    const sure = one(`[data-sure="${deed}"]`);
    say(one("[data-sure-trouble]", sure), "");
    this.deed = new Proof(one("[data-check]", sure));
    this.deed.start().catch(() => { /* said by the proof itself */ });
    this.show(sure);
  }

  async edit() {
    const answer = await this.call("/y/doc", { token: this.state.token }, one("[data-state-trouble]"));
    if (!answer) return;
    this.fields.clear();
    for (const [key, text] of Object.entries(answer.answers)) this.fields.set(key, String(text));
    this.show(this.form);
    history.replaceState({ step: "review" }, "");
    this.walk.show("review", { push: false });
  }

  onShow(name) {
    if (name === "review") review(this.walk, {});
  }

  async mend() {
    const amiss = this.walk.asked.find((step) => !this.walk.sound(step, { go: false }));
    if (amiss) {
      this.walk.visit(amiss.dataset.step);
      this.walk.sound(amiss);
      return;
    }
    const trouble = one("[data-trouble]", this.form), sending = one("[data-sending]", this.form);
    say(trouble, "");
    sending.textContent = words.sending;
    const parcel = new FormData();
    parcel.append("token", this.state.token);
    for (const key of this.fields.keys) if (this.fields.get(key)) parcel.append(key, this.fields.get(key));
    const answer = await this.call("/y/sua", parcel, trouble);
    sending.textContent = "";
    if (!answer) return;
    if (answer.findings) {
      const rest = this.walk.blame(answer.findings);
      this.fields.complain("review", rest.length ? [{ sentence: words.mend_general }, ...rest] : "");
      if (this.walk.mending.size) this.walk.mend();
      else scrollTo(0, 0);
      return;
    }
    this.tell({ sentence: "", reason: "", can: [] }, answer.sentence || words.edited);
  }

  async settle(sure) {
    const trouble = one("[data-sure-trouble]", sure);
    say(trouble, "");
    let proof;
    try { proof = await this.deed.take(); } catch { say(trouble, words.no_answer); return; }
    const address = sure.dataset.sure === "withdraw" ? "/y/rut" : "/y/xoa";
    const answer = await this.call(address, { token: this.state.token, proof }, trouble);
    if (answer) this.tell({ sentence: "", reason: "", can: [] }, answer.sentence);
  }
}

function milestone({ name, done, day }) {
  const item = make("li", "", { class: done ? "done" : "ahead" });
  item.append(make("b", neat(name)));
  item.append(make("span", done ? [words.step_done, day && fill(words.day, { day: spoken(day) })].filter(Boolean).join(", ") : words.step_now));
  return item;
}

/** A day as people write it: `2026-11-29` is `29/11/2026`. */
function spoken(day) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(day);
  return parts ? `${Number(parts[3])}/${Number(parts[2])}/${parts[1]}` : day;
}

one("[data-waiting]").remove();
new Follow();
