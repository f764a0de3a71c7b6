// The choices beside the results: one list a facet, each value with how many of the ideas found have it.

import { UNIT, YEAR } from "./facets.js";
import { make } from "./rows.js";
import { WORDS, told } from "./words.js";

const MOST = 12; // values a list offers, the commonest

export class Filters {
  constructor(place, labels, choose) {
    this.place = place;
    this.labels = labels;
    this.choose = choose;
    this.selects = new Map();
  }

  hide() {
    this.place.hidden = true;
  }

  build() {
    const fields = Object.entries(this.labels).map(([name, label]) => {
      const select = make("select", { id: `loc-${name}`, name });
      select.addEventListener("change", () => this.choose(name, select.value));
      this.selects.set(name, select);
      return make("div", {}, make("label", { for: `loc-${name}` }, label), select);
    });
    const legend = make("legend", { class: "sk-search__legend" }, WORDS.filter);
    this.note = make("p", { class: "sk-muted" });
    this.box = make("fieldset", {}, legend, ...fields);
    this.details = make("details", { class: "sk-filter" }, make("summary", {}, WORDS.filter), this.box, this.note);
    this.details.addEventListener("toggle", () => this.details.open && this.fill());
    this.place.replaceChildren(this.details);
  }

  // Fetch what the lists offer, before the results are shown or when the lists are opened.
  async ready(facets, numbers, choice, chosen) {
    if (!this.selects.size) this.build();
    const offered = new Map();
    for (const name of this.selects.keys())
      offered.set(name, await this.options(facets, name, numbers, choice, chosen));
    this.offered = { facets, offered };
  }

  show(shown) {
    if (!shown) return this.hide();
    if (!this.selects.size) this.build();
    this.shown = shown;
    this.place.hidden = false;
    if (Object.keys(shown.choice).length) this.details.open = true;
    if (this.details.open) this.fill();
  }

  async fill() {
    const { shown } = this;
    const { facets, numbers, choice, chosen } = shown;
    this.note.textContent = "";
    try {
      if (!this.offered || this.offered.facets !== facets) {
        facets.edition.begin();
        await facets.learn(numbers);
        await this.ready(facets, numbers, choice, chosen);
      }
    } catch {
      this.note.textContent = WORDS.failed;
      return;
    }
    if (shown !== this.shown) return;
    for (const [name, options] of this.offered.offered) {
      const select = this.selects.get(name);
      select.replaceChildren(...options);
      select.value = choice[name] || "";
      select.parentElement.hidden = options.length < 3 && !choice[name];
    }
    if (!facets.covers(numbers)) this.note.textContent = WORDS.newest;
  }

  async options(facets, name, numbers, choice, chosen) {
    const counts = [...facets.counts(name, numbers, chosen)];
    counts.sort(name === YEAR ? (a, b) => (a[0] < b[0] ? 1 : -1) : (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const shown = counts.slice(0, MOST);
    const missing = counts.slice(MOST).find(([value]) => value === chosen[name]);
    if (missing) shown.push(missing);
    const options = [make("option", { value: "" }, WORDS.any)];
    for (const [value, count] of shown) {
      const [id, label] = name === UNIT ? await facets.unit(value) : [value, facets.name(name, value)];
      options.push(make("option", { value: id }, told.option(label, count)));
    }
    if (choice[name] && !shown.some(([value]) => String(value) === String(chosen[name])))
      options.push(make("option", { value: choice[name] }, told.option(facets.name(name, choice[name]) || choice[name], 0)));
    return options;
  }
}
