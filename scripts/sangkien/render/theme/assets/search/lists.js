// The lists of the index, as scripts/sangkien/domain/search_index.py writes them.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = new Map([...DIGITS].map((digit, value) => [digit, value]));

function varints(text) {
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (const digit of text) {
    const value = VALUE.get(digit);
    number += (value & 31) << shift;
    shift += 5;
    if (value & 32) continue;
    numbers.push(number);
    number = shift = 0;
  }
  return numbers;
}

function ofGaps(text) {
  let next = 0;
  return varints(text).map((gap) => {
    const number = next + gap;
    next = number + 1;
    return number;
  });
}

function ofBits(text) {
  const numbers = [];
  for (let place = 0; place < text.length; place++) {
    const value = VALUE.get(text[place]);
    for (let bit = 0; bit < 6; bit++) if (value & (32 >> bit)) numbers.push(place * 6 + bit);
  }
  return numbers;
}

// Read a number written at a fixed width.
export const fixed = (text) => [...text].reduce((number, digit) => number * 64 + VALUE.get(digit), 0);

// Find a key's line in a shard; null where it has none.
export function lineOf(shard, key) {
  const start = shard.startsWith(`${key} `) ? 0 : shard.indexOf(`\n${key} `) + 1;
  if (!start && !shard.startsWith(`${key} `)) return null;
  return shard.slice(start + key.length + 1, shard.indexOf("\n", start));
}

// Read the parts of a line that belong to a space: section, marks, the numbers, and whether the list was cut after them;
// `count` tells how many documents there are where one was.
export function read(line, sections) {
  const parts = [];
  let count = null;
  for (const written of line ? line.split(" ") : []) {
    const [, section, marks, how, list] = /^(.)([a-z.]*)([#:~*])(.*)$/.exec(written);
    if (!sections.includes(section)) continue;
    if (how === "#") [count] = varints(list);
    else parts.push({ section, marks, cut: how === "~", numbers: how === "*" ? ofBits(list) : ofGaps(list) });
  }
  return { parts, count };
}

// CRC-32, as everyone computes it.
export function shardOf(key, count) {
  let sum = -1;
  for (const letter of key) {
    sum ^= letter.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ((sum ^ -1) >>> 0) % count;
}
