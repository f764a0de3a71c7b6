// The sheet as the page shows it: its fields, what was typed, what is amiss in it.
import { comma, readMark, sum } from "./marks.js";
import { VERDICTS, clean } from "./block.js";
import * as words from "./words.js";

const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

export class Fields {
  constructor(sheet) {
    this.passTotal = sheet.dataset.passTotal;
    this.reason = one("#ly-do");
    this.remarks = one("#nhan-xet");
    this.criteria = all("[data-criterion]", sheet).map((item) => {
      const max = Number(item.dataset.max), pass = Number(item.dataset.pass);
      return {
        id: item.dataset.criterion, label: item.dataset.label, max, pass, most: comma(max), least: comma(pass),
        input: one("input", item), error: one(".sk-error", item), gate: one(".sk-gate", item), bands: all("[data-from]", item),
      };
    });
    for (const c of this.criteria) {
      c.input.addEventListener("change", () => this.judge(c, false));
      c.input.addEventListener("keydown", (event) => { if (event.key === "Enter") this.next(c); });
    }
  }

  next(criterion) {
    const after = this.criteria[this.criteria.indexOf(criterion) + 1];
    (after ? after.input : one("input[name=ket-luan]")).focus();
  }

  get verdict() {
    const chosen = one("input[name=ket-luan]:checked");
    return chosen ? chosen.value : "";
  }

  /** What stands in the fields, sound marks as hundredths. */
  typed() {
    const read = this.criteria.map((c) => [c.id, readMark(c.input.value, c.max).mark]);
    return { marks: read.filter(([, mark]) => mark !== undefined), reason: this.reason.value, remarks: this.remarks.value };
  }

  /** Show what follows from what was typed: bands, gates, the sum, the fields this verdict needs. */
  show() {
    const marks = [], failed = [];
    for (const c of this.criteria) {
      const { mark } = readMark(c.input.value, c.max);
      const here = mark === undefined ? null : c.bands.find((row) => mark >= Number(row.dataset.from));
      c.bands.forEach((row) => row.classList.toggle("sk-here", row === here));
      const said = here ? [words.band(one("dt", here).firstChild.data.trim())] : [];
      if (mark !== undefined) marks.push(mark);
      if (mark < c.pass) {
        said.push(words.below(c.least));
        failed.push(c.label);
      }
      say(c.gate, said.join(" "));
      c.gate.classList.toggle("sk-gate--below", mark < c.pass);
      if (mark !== undefined) mend(c.input, c.error);
    }
    const most = comma(sum(this.criteria.map((c) => c.max)));
    say(one("[data-sum]"), words.total(marks.length, this.criteria.length, comma(sum(marks)), most, this.passTotal, failed.length));
    const { verdict } = this, scored = !verdict || VERDICTS.includes(verdict);
    say(one("[data-note]"), !scored && marks.length ? words.NOTE.unscored : verdict === "cong-nhan" && failed.length ? words.NOTE.gates(failed) : "");
    one("[data-reason]").hidden = verdict !== "khong-tham-gia";
    one("[data-remarks]").hidden = ["khong-tham-gia", "rut-phieu"].includes(verdict);
    if (!scored) this.criteria.forEach((c) => mend(c.input, c.error));
    if (verdict) mend(one("fieldset"), one("#loi-ket-luan"));
    if (clean(this.reason.value)) mend(this.reason, one("#loi-ly-do"));
  }

  judge(criterion, needed) {
    const { fault } = readMark(criterion.input.value, criterion.max);
    if (!fault || (fault === "empty" && !needed)) return mend(criterion.input, criterion.error);
    return blame(criterion.input, criterion.error, words.MARK[fault](criterion));
  }

  /** Check everything the verdict needs, say each fault at its field, and give the fields at fault. */
  check() {
    const { verdict } = this, wrong = [];
    if (!verdict || VERDICTS.includes(verdict)) wrong.push(...this.criteria.filter((c) => this.judge(c, true)).map((c) => c.input));
    if (!verdict) {
      blame(one("fieldset"), one("#loi-ket-luan"), words.NO_VERDICT);
      wrong.push(one("input[name=ket-luan]"));
    }
    if (verdict === "khong-tham-gia" && !clean(this.reason.value)) {
      blame(this.reason, one("#loi-ly-do"), words.NO_REASON);
      wrong.push(this.reason);
    }
    return wrong;
  }

  /** The draft of what was typed, as typed. */
  draft() {
    const marks = Object.fromEntries(this.criteria.map((c) => [c.id, c.input.value]));
    return { marks, verdict: this.verdict, reason: this.reason.value, remarks: this.remarks.value };
  }

  restore(draft) {
    for (const c of this.criteria) c.input.value = String(draft.marks[c.id] || "");
    all("input[name=ket-luan]").forEach((radio) => { radio.checked = radio.value === draft.verdict; });
    this.reason.value = String(draft.reason || "");
    this.remarks.value = String(draft.remarks || "");
  }

  clear() {
    this.restore({ marks: {} });
    for (const c of this.criteria) mend(c.input, c.error);
    mend(one("fieldset"), one("#loi-ket-luan"));
    mend(this.reason, one("#loi-ly-do"));
  }

  /** A draft in words, for reading again. */
  told(draft) {
    const marks = this.criteria.filter((c) => draft.marks[c.id]).map((c) => `${c.label}: ${draft.marks[c.id]}`);
    const rest = [words.VERDICT[draft.verdict], draft.reason, draft.remarks].filter(Boolean);
    return [marks.join("; "), ...rest].filter(Boolean).join("\n");
  }
}

/** Change a text only when it differs, so that nothing is read out twice. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function blame(field, error, text) {
  field.setAttribute("aria-invalid", "true");
  error.textContent = text;
  error.hidden = false;
  return true;
}

function mend(field, error) {
  field.removeAttribute("aria-invalid");
  error.textContent = "";
  error.hidden = true;
  return false;
}
