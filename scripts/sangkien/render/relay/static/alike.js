// Public ideas like the one being told: shown beside the question, never in the way, silent without a network.
import { fill, make, neat, one } from "./dom.js";
import { words } from "./words.js";

const WAIT = 900, LEAST = 12, MOST = 2000;

export class Alike {
  constructor(box, textOf) {
    Object.assign(this, { box, textOf, seen: new Set(), asked: "", timer: 0, running: null });
    one("[data-alike-on]", box).textContent = words.alike_go_on;
  }

  /** The text may have changed: ask once it rests. */
  stir() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  stop() {
    clearTimeout(this.timer);
    if (this.running) this.running.abort();
    this.box.hidden = true;
  }

  async ask() {
    const text = neat(this.textOf()).slice(0, MOST);
    if (text.length < LEAST || text === this.asked) return;
    if (this.running) this.running.abort();
    const running = new AbortController();
    this.running = running;
    try {
      const answer = await fetch("/y-giong", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }), signal: running.signal,
      });
      if (!answer.ok) return;
      const { ideas } = await answer.json();
      if (running.signal.aborted) return;
      this.asked = text;
      this.show(ideas);
    } catch { /* no network, or typed on meanwhile: nobody waits for this */ }
  }

  show(ideas) {
    const list = one("ul", this.box);
    list.textContent = "";
    for (const idea of ideas) {
      this.seen.add(idea.code);
      list.append(item(idea));
    }
    this.box.hidden = !ideas.length;
    one("[data-alike-said]", this.box).textContent = ideas.length ? words.alike_title : "";
  }
}

function item(idea) {
  const row = make("li", "", { class: "card" });
  row.append(make("p", idea.title, { class: "alike__title" }));
  row.append(make("p", [idea.where, idea.code].filter(Boolean).join(" · "), { class: "hint" }));
  if (idea.old) row.append(make("p", fill(words.alike_old, { text: idea.old }), { class: "quoted" }));
  const deeds = make("p", "", { class: "deeds" });
  for (const [address, label] of [[idea.address, words.alike_open], [idea.follow, words.alike_follow]]) {
    if (!/^(https?:\/\/|\/)/.test(address || "")) continue;
    const link = make("a", label, { href: address, target: "_blank", rel: "noopener noreferrer", class: "button quiet" });
    link.append(make("span", ` ${words.new_page}`, { class: "unseen" }));
    deeds.append(link, " ");
  }
  row.append(deeds);
  return row;
}
