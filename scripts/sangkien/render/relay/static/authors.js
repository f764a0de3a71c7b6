// Authors as rows; what is sent is the text an issue form would hold, one author a line (domain/loose.py reads it).
import { all, fill, neat, one, say } from "./dom.js";
import { words } from "./words.js";

const MOST = 30;
const NAME = /^\p{L}[^\d@<>]*$/u;

export class Authors {
  constructor(root, section) {
    Object.assign(this, { root, section, pattern: one("[data-author]", section).content });
    one("[data-add]", section).addEventListener("click", () => {
      const row = this.add();
      one("[data-name]", row).focus();
    });
    one("[data-even]", section).addEventListener("click", () => this.even());
    root.addEventListener("input", () => this.sum());
    this.add();
  }

  get rows() {
    return all("fieldset", this.root);
  }

  add({ name = "", share = "", collective = false } = {}) {
    const row = this.pattern.cloneNode(true).firstElementChild;
    one("[data-name]", row).value = name;
    one("[data-share]", row).value = share;
    one("[data-collective]", row).checked = collective;
    one("[data-collective]", row).addEventListener("change", () => this.number());
    one("[data-remove]", row).addEventListener("click", () => {
      row.remove();
      this.number();
      this.sum();
      this.root.dispatchEvent(new Event("input", { bubbles: true }));
      one("[data-add]", this.section).focus();
      say(one("[data-sum]", this.section), words.author_removed);
    });
    this.root.append(row);
    this.number();
    return row;
  }

  number() {
    const { rows } = this, several = rows.length > 1;
    rows.forEach((row, place) => {
      one("legend", row).textContent = several ? fill(words.author_person, { n: place + 1 }) : "";
      one("[data-share-label]", row).hidden = !several;
      one("[data-remove]", row).hidden = !several;
      const label = one("[data-name-label]", row), collective = one("[data-collective]", row).checked;
      label.textContent = collective ? label.dataset.collectiveName : label.dataset.single;
    });
    one("[data-add]", this.section).hidden = rows.length >= MOST;
    one("[data-even]", this.section).hidden = !several;
  }

  /** Give everybody the same share; what 100 leaves over goes to the first ones, one each. */
  even() {
    const { rows } = this, share = Math.floor(100 / rows.length), over = 100 % rows.length;
    rows.forEach((row, place) => { one("[data-share]", row).value = share + (place < over ? 1 : 0); });
    one("[data-share]", rows[0]).dispatchEvent(new Event("input", { bubbles: true }));
  }

  sum() {
    const shares = this.read().map((author) => Number(author.share));
    const known = shares.filter((share) => share > 0);
    say(one("[data-sum]", this.section), shares.length > 1 && known.length ? fill(words.author_sum_now, { sum: known.reduce((a, b) => a + b, 0) }) : "");
  }

  read() {
    return this.rows.map((row) => ({
      name: neat(one("[data-name]", row).value).replace(/\s+/g, " "),
      share: neat(one("[data-share]", row).value).replace(/\s*%$/, ""),
      collective: one("[data-collective]", row).checked,
    }));
  }

  write(authors) {
    this.root.textContent = "";
    for (const author of authors.length ? authors : [{}]) this.add(author);
    this.sum();
  }

  get isEmpty() {
    return this.read().every((author) => !author.name && !author.share);
  }

  /** The text of the form: a lone author needs no share. */
  text() {
    const authors = this.read();
    return authors.map(({ name, share, collective }) => {
      const parts = [collective ? `${words.collective_mark} ${name}` : name];
      if (authors.length > 1) parts.push(`${share}%`);
      return parts.join(" ");
    }).join("\n");
  }

  /** Give the first fault as {text, field}, or null. */
  fault() {
    const authors = this.read(), { rows } = this, several = authors.length > 1;
    for (const [place, { name, share, collective }] of authors.entries()) {
      const field = one("[data-name]", rows[place]);
      if (!name) return { text: words.author_empty, field };
      if (!NAME.test(name)) return { text: words.author_name, field };
      if (!collective && !name.includes(" ")) return { text: words.author_two, field };
      if (several && !(/^\d{1,3}$/.test(share) && share >= 1 && share <= 100)) {
        return { text: words.author_share, field: one("[data-share]", rows[place]) };
      }
    }
    const sum = authors.reduce((total, { share }) => total + Number(share), 0);
    return several && sum !== 100 ? { text: fill(words.author_sum, { sum }), field: one("[data-share]", rows[rows.length - 1]) } : null;
  }
}
