// From what was typed to what was found: the rarest words and neighbours first, as many lists as a question may cost.

import { Evidence } from "./evidence.js";
import { read } from "./lists.js";
import { terms } from "./terms.js";

const SPACES = { ideas: "tb", others: "nm" };
const RARE = 5; // lists asked for in the first turn
const PAIRS = 4;
const APART = 3;
const ENOUGH = 10; // with so many that hold every word, no further list is asked for
const LISTS = 42000; // bytes after which none is asked for

// Give the words asked for, each once: with marks where it was typed with them anywhere.
export function asked(text) {
  const words = new Map();
  for (const word of terms(text).slice(0, 40)) {
    const kept = words.get(word.key);
    if (!kept || (word.marks && !kept.marks)) words.set(word.key, word);
  }
  return [...words.values()].slice(0, 24);
}

// Order by how rare they are, those beside one already taken last: what stands together tells the same.
function spread(sources) {
  const sorted = [...sources].sort((a, b) => a.size - b.size);
  const taken = [];
  for (const source of sorted)
    if (taken.every(({ place }) => Math.abs(place - source.place) >= APART)) taken.push(source);
  return [...taken, ...sorted.filter((source) => !taken.includes(source))];
}

// Choose what to ask for first: rare words, the longest first, and the neighbours that are likely the rarest.
function plan(words, edition) {
  const { common } = edition;
  const size = ({ key }) => common.ideas.get(key) || 0;
  const singles = words.map((word, place) => ({ key: word.key, place, size: size(word), length: 1 }));
  const rare = singles.filter(({ size }) => !size).sort((a, b) => b.key.length - a.key.length);
  const pairs = [];
  for (let place = 0; place + 1 < words.length; place++) {
    const [first, second] = [words[place].key, words[place + 1].key];
    if (Object.values(common).some((keys) => keys.has(first) && keys.has(second)))
      pairs.push({ key: `${first}+${second}`, place, size: singles[place].size * singles[place + 1].size, length: 2 });
  }
  const often = spread(singles.filter(({ size }) => size));
  const first = words.length === 1 ? singles : [...rare.slice(0, RARE), ...spread(pairs).slice(0, PAIRS)];
  return { first, rare: rare.slice(RARE), often };
}

export async function find(edition, text) {
  const words = asked(text);
  const { first, rare, often } = plan(words, edition);
  const evidence = {};
  for (const [space, sections] of Object.entries(SPACES))
    evidence[space] = new Evidence(words, sections, edition.catalogue[space]);
  const used = [];
  const take = async (sources) => {
    const lines = await Promise.all(sources.map(({ key }) => edition.line(key)));
    sources.forEach((source, turn) => {
      for (const [space, sections] of Object.entries(SPACES)) {
        const lists = read(lines[turn], sections);
        if (source.length === 2) evidence[space].pair(source.place, lists);
        else evidence[space].single(source.place, lists);
        if (space === "ideas" && lists.parts.length) used.push({ ...source, ...lists });
      }
    });
  };
  await take(first);
  let ideas = evidence.ideas.judged();
  const enough = () => ideas.whole || ideas.numbers.length >= ENOUGH;
  // A common word in some place of its own: its whole list, which leaves no doubt.
  const most = Math.ceil(edition.catalogue.ideas / 6);
  for (const { key, place, size } of words.length > 1 ? often : []) {
    if (enough() || edition.left(LISTS) < Math.min(most, size)) break;
    evidence.ideas.whole(place, read(await edition.whole(key), SPACES.ideas));
    ideas = evidence.ideas.judged();
  }
  while (rare.length && !enough() && edition.left(LISTS) > 0) {
    await take(rare.splice(0, 1));
    ideas = evidence.ideas.judged();
  }
  return { words, ideas, others: evidence.others.judged(), evidence, used };
}
