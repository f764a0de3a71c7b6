// The files of the index: where a word's list stands and how it is read (domain/search_index.py writes them).
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = new Map([...DIGITS].map((digit, value) => [digit, value]));

// FNV-1a, 32 bits, modulo a power of two.
export function shardOf(term, count) {
  let hashed = 0x811c9dc5;
  for (const char of term) hashed = Math.imul(hashed ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hashed % count;
}

// Read a shard: term → {total, marks of each spelling, entries}.
export function readShard(text) {
  const lists = new Map();
  for (const line of text.split("\n")) {
    const [term, total, spellings, entries] = line.split("\t");
    if (entries !== undefined) lists.set(term, { total: Number(total), spellings: spellings.split(","), coded: entries });
  }
  return lists;
}

// Give the entries of a list in their order: {number, titled, marks}.
export function* entries(list) {
  let at = 0, number = 0;
  const next = () => {
    let value = 0, shift = 0, digit;
    do {
      digit = VALUE.get(list.coded[at++]);
      value += (digit & 31) * 2 ** shift;
      shift += 5;
    } while (digit & 32);
    return value;
  };
  while (at < list.coded.length) {
    const value = next();
    number += Math.floor(value / 4);
    yield { number, titled: (value & 2) > 0, marks: list.spellings[value & 1 ? next() : 0] };
  }
}

// Give an idea's place among a facet's values.
export function valueOf(facet, idea) {
  let place = 0;
  for (const digit of facet.ideas.slice(idea * facet.width, (idea + 1) * facet.width)) place = place * 64 + VALUE.get(digit);
  return place;
}
