// The score page: read the link, let one sheet be filled in, hand over its block. Nothing is sent from here.
import { ALWAYS_OPEN, ballotFor, padded, write } from "./block.js";
import { Fields, say } from "./fields.js";
import { GITHUB, pullRequest, readLink } from "./link.js";
import * as drafts from "./draft.js";
import * as seals from "./seal.js";
import * as words from "./words.js";

const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

function start() {
  keepFragment();
  const rounds = JSON.parse(one("#sk-rounds").textContent);
  const { link, fault, part } = readLink(location.hash, rounds);
  one("[data-wait]").hidden = true;
  if (!link) {
    one("[data-said]").textContent = words.LINK[fault](part);
    one("[data-fault]").hidden = false;
    return;
  }
  new Sheet(link);
}

class Sheet {
  constructor(link) {
    this.link = link;
    this.sealed = link.round.ballots === "sealed";
    this.refused = this.sealed ? seals.refusal(link) : "";
    const sheets = all("[data-rubric]");
    const mine = sheets.find((sheet) => sheet.dataset.rubric === link.round.rubric);
    sheets.forEach((sheet) => sheet !== mine && sheet.remove());
    this.fields = new Fields(mine);
    this.told = {}; // the block last made, and from what
    this.introduce();
    all("[data-live]").forEach((element) => { element.hidden = false; });
    this.recall();
    this.fields.show();
    const form = one("[data-form]");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => this.changed());
    one("[data-copy]").addEventListener("click", () => this.hand());
    one("[data-print]").addEventListener("click", () => print());
    one("[data-forget]").addEventListener("click", () => this.forget());
    one("[data-done]").addEventListener("click", () => this.forget());
    if (this.sealed && !this.refused) seals.load().catch(() => this.complain(words.REFUSED.loading));
  }

  introduce() {
    const { link } = this;
    const shown = {
      code: link.code, round: link.round.name, ballots: words.BALLOTS[link.round.ballots], seat: link.seat,
      host: link.host === GITHUB ? "" : new URL(link.host).host,
    };
    for (const [name, text] of Object.entries(shown)) {
      all(`[data-show=${name}]`).forEach((element) => { element.textContent = text; });
      if (text) all(`[data-if=${name}]`).forEach((element) => { element.hidden = false; });
    }
    one("[data-read]").href = pullRequest(link);
    one("[data-paste]").href = `${pullRequest(link)}/files`;
    say(one("[data-copy]"), words.BUTTON[link.round.ballots]);
    if (this.refused) {
      one("[data-refused]").textContent = words.REFUSED[this.refused] + words.REFUSED.stillOpen;
      one("[data-refused]").hidden = false;
    }
  }

  /** Bring back the draft of the same content; one of another content is only shown, to be thought over again. */
  recall() {
    const draft = drafts.recall(this.link);
    this.old = draft && draft.fingerprint !== this.link.fingerprint.slice(0, 12) ? draft : (draft && draft.old) || null;
    if (draft && draft !== this.old) {
      this.fields.restore(draft);
      say(one("[data-kept]"), words.RECALLED);
    }
    if (this.old && this.old.marks) {
      one("[data-show=old]").textContent = this.fields.told(this.old);
      one("[data-old]").hidden = false;
    }
  }

  changed() {
    this.fields.show();
    this.complain("");
    one("[data-ready]").hidden = true;
    const { marks, verdict, reason, remarks } = this.old || {};
    const old = this.old ? { marks, verdict, reason, remarks } : null;
    const draft = { fingerprint: this.link.fingerprint.slice(0, 12), ...this.fields.draft(), old };
    say(one("[data-kept]"), drafts.keep(this.link, draft) ? words.KEPT : words.NOT_KEPT);
  }

  complain(text) {
    const place = one("[data-trouble]");
    place.textContent = text;
    place.hidden = !text;
  }

  /** Check the sheet, make its block, copy it, and show where to paste it. */
  async hand() {
    const wrong = this.fields.check();
    this.complain(wrong.length ? words.trouble(wrong.length) : "");
    if (wrong.length) return wrong[0].focus();
    const { link, sealed, fields } = this, { verdict } = fields;
    const closed = sealed && !ALWAYS_OPEN.includes(verdict);
    if (closed && this.refused) return this.complain(words.REFUSED[this.refused]);
    const plain = write(ballotFor(link, link.round.rubric, verdict, fields.typed(), sealed));
    if (this.told.plain !== plain) {
      const block = closed ? await this.closed(plain) : plain;
      if (!block) return undefined;
      this.told = { plain, block };
    }
    return this.present(closed ? "sealed" : "open");
  }

  async closed(plain) {
    try { await seals.load(); } catch { return this.complain(words.REFUSED.loading); }
    try { return await seals.seal(padded(plain), this.link.round.recipients); } catch { return this.complain(words.REFUSED.sealing); }
  }

  async present(kind) {
    const box = one("#khoi-phieu"), ready = one("[data-ready]");
    box.value = this.told.block;
    one("[data-show=ready]").textContent = words.READY[kind];
    one("[data-show=after]").textContent = words.AFTER[kind];
    ready.hidden = false;
    const copied = await copy(box);
    say(one("[data-copied]"), copied ? words.COPIED : words.NOT_COPIED);
    ready.focus({ preventScroll: true });
    ready.scrollIntoView({ block: "start" });
  }

  forget() {
    drafts.forget(this.link);
    this.told = {};
    this.old = null;
    one("#khoi-phieu").value = "";
    one("[data-ready]").hidden = true;
    one("[data-old]").hidden = true;
    this.fields.clear();
    this.fields.show();
    this.complain("");
    say(one("[data-kept]"), words.FORGOTTEN);
    one("[data-copy]").focus();
  }
}

/** The fragment is the sheet: a link within the page must not take its place, and another sheet's link opens that one. */
function keepFragment() {
  addEventListener("hashchange", () => location.reload());
  document.addEventListener("click", (event) => {
    const inner = event.target.closest("a[href^='#']"), target = inner && document.getElementById(inner.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView();
  });
}

/** Copy the box's text; browsers inside other apps know only the old way. */
async function copy(box) {
  try {
    await navigator.clipboard.writeText(box.value);
    return true;
  } catch {
    box.focus();
    box.setSelectionRange(0, box.value.length);
    return document.execCommand("copy");
  }
}

start();
