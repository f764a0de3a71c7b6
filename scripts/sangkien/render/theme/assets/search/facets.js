// What the ideas found are sorted by: read from the list that tells of most of them, and from the titles already there.

import { end } from "./evidence.js";
import { fixed } from "./lists.js";

const FEW = 8; // so few are asked one by one
export const UNIT = "don-vi";
export const YEAR = "nam";

// The documents a line's facets tell of, in their order.
function toldOf(parts, most) {
  const last = end(parts);
  const numbers = new Set();
  for (const part of parts) for (const number of part.numbers) if (number <= last) numbers.add(number);
  return [...numbers].sort((a, b) => a - b).slice(0, most);
}

export class Facets {
  constructor(edition, found) {
    this.used = found.used;
    const { facets, units, years } = edition.catalogue;
    this.edition = edition;
    this.years = years;
    this.names = facets.map(([name]) => name);
    this.values = new Map(facets);
    this.sizes = [...facets.map(([, values]) => values.length), Math.max(1, units)];
    this.codes = new Map();
  }

  // Learn the values of the ideas found, as far as one list tells them.
  async learn(numbers) {
    const { few, told: most } = this.edition.catalogue;
    const wanted = new Set(numbers);
    let best = null;
    for (const { key, parts } of this.used) {
      const told = toldOf(parts, most);
      const worth = told.filter((number) => wanted.has(number)).length;
      if (told.length > few && worth && (!best || worth > best.worth)) best = { key, told, worth };
    }
    const line = best && !this.covers(numbers) ? await this.edition.facets(best.key) : null;
    if (line) {
      const width = line.length / best.told.length;
      best.told.forEach((number, place) => this.know(number, line.slice(place * width, (place + 1) * width)));
    }
    if (numbers.length > FEW) return;
    for (const number of numbers)
      if (!this.codes.has(number)) this.know(number, (await this.edition.row("y", number))[2]);
  }

  covers(numbers) {
    return numbers.every((number) => this.codes.has(number));
  }

  know(number, code) {
    let rest = fixed(code);
    const places = [];
    for (const size of [...this.sizes].reverse()) {
      places.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    const values = { [YEAR]: this.yearOf(number), [UNIT]: places[places.length - 1] };
    this.names.forEach((name, turn) => (values[name] = this.values.get(name)[places[turn]][0]));
    this.codes.set(number, values);
  }

  yearOf(number) {
    let found = "";
    for (const [year, start] of this.years) if (number >= start) found = year;
    return found;
  }

  // Keep the ideas that have the chosen values; one of which nothing is known has none.
  chosen(numbers, choice, except = null) {
    const wanted = Object.entries(choice).filter(([name, value]) => value !== "" && name !== except);
    if (!wanted.length) return numbers;
    return numbers.filter((number) => {
      const values = this.codes.get(number);
      return values && wanted.every(([name, value]) => String(values[name]) === String(value));
    });
  }

  // Count the values of a facet among the ideas that fit every other choice.
  counts(name, numbers, choice) {
    const counts = new Map();
    for (const number of this.chosen(numbers, choice, name)) {
      const values = this.codes.get(number);
      if (values && values[name] !== "") counts.set(values[name], (counts.get(values[name]) || 0) + 1);
    }
    return counts;
  }

  // Give the name of a value; empty for a year's own and for what is not there.
  name(facet, value) {
    if (facet === YEAR) return value;
    const named = (this.values.get(facet) || []).find(([id]) => id === value);
    return named ? named[1] : "";
  }

  // Turn what stands in an address into values: a unit is known by its place among those that have ideas.
  async resolved(choice, numbers) {
    if (!choice[UNIT]) return choice;
    const there = [...this.counts(UNIT, numbers, {}).keys()].sort((a, b) => a - b);
    for (const place of there) {
      if (this.edition.left() < 0) break;
      if ((await this.unit(place))[0] === choice[UNIT]) return { ...choice, [UNIT]: place };
    }
    return { ...choice, [UNIT]: -1 };
  }

  async unit(place) {
    return this.edition.row("don-vi", place);
  }
}
