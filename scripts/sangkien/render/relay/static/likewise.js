// The forms about an idea that stands: who did what it says, and who wants to.
import { one } from "./dom.js";
import { readCode } from "./idea-code.js";
import { Telling } from "./telling.js";
import { words } from "./words.js";

class Likewise extends Telling {
  constructor(form) {
    const code = readCode(new URLSearchParams(location.search).get("ma") || "") || "";
    super(form, { address: form.dataset.to, draft: `${form.dataset.form}-${code}` }); // what is told of one idea is not told of another
    this.code = code;
    this.fill();
    this.begin({ checks: { code: () => this.unlike() } });
  }

  /** Write the code the link brought; the first question left to answer is the next. */
  fill() {
    this.fields.set("code", this.code);
    const [first, second] = this.fields.keys;
    this.startAt = this.code ? second : first;
  }

  unlike() {
    const typed = this.fields.get("code");
    return !typed || readCode(typed) ? null : this.blame("code", { text: words.code_unlike, field: this.fields.target("code") });
  }

  keep() {
    const others = this.fields.keys.filter((key) => key !== "code" && this.fields.get(key));
    if (others.length || this.fields.get("code") !== this.code) super.keep();
  }

  erase() {
    super.erase();
    this.fill();
  }

  thank({ code, title, address }) {
    const place = one("[data-receipt]"), read = one("[data-read]", place);
    one("[data-code]", place).textContent = code;
    one("[data-title]", place).textContent = title || "";
    if (/^https?:\/\//.test(address)) {
      read.href = address;
      read.hidden = false;
    }
    one("[data-print]", place).addEventListener("click", () => print());
    place.hidden = false;
    one("h1", place).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

one("[data-waiting]").remove();
new Likewise(one("[data-form]"));
