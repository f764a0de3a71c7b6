// Finding: which lists a question needs, and in what order the entries in them are shown.
import { readCode } from "../idea-code.js";
import { entries, readShard, shardOf } from "./lists.js";
import { syllables } from "./spelling.js";

const FEW = 4; // syllables that are looked for one by one, beside their pairs
const MOST = 8; // pairs looked for in a long question
const WEIGHT = { pair: [4, 8], word: [1, 3] }; // in the words said of an entry, in its title

async function ask(url, read, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw Object.assign(new Error(`${answer.status} ${url}`), { gone: answer.status === 404 });
  return answer[read]();
}

export class Index {
  constructor(root, contents) {
    Object.assign(this, { root, contents, shards: new Map(), blocks: new Map(), facets: new Map() });
  }

  static async open(root, options) {
    return new Index(root, await ask(`${root}muc-luc.json`, "json", options));
  }

  file(name, read) {
    return ask(`${this.root}${this.contents.folder}/${name}`, read);
  }

  async shard(number) {
    if (!this.shards.has(number)) this.shards.set(number, readShard(await this.file(`chu/${number}.txt`, "text")));
    return this.shards.get(number);
  }

  async list(term) {
    return (await this.shard(shardOf(term, this.contents.shards))).get(term);
  }

  async facet(key) {
    if (!this.facets.has(key)) this.facets.set(key, await this.file(`nhom/${key}.json`, "json"));
    return this.facets.get(key);
  }

  // Give what is shown of entries, in the order asked for.
  async rows(numbers) {
    const size = this.contents.block;
    await Promise.all([...new Set(numbers.map((number) => Math.floor(number / size)))].map(async (block) => {
      if (!this.blocks.has(block)) this.blocks.set(block, await this.file(`ten/${block}.json`, "json"));
    }));
    return numbers.map((number) => this.blocks.get(Math.floor(number / size))[number % size]);
  }

  // Find entries: {numbers in order, asked: words to mark, total, whole: whether all words were found together}.
  async find(text) {
    const code = readCode(text);
    const words = code ? [] : this.spellOut(syllables(text));
    const terms = code
      ? [{ term: code.replace(/-/g, "").toLowerCase(), marks: "", weight: WEIGHT.word, covers: [0] }]
      : termsOf(words);
    const lists = await Promise.all(terms.map(({ term }) => this.list(term)));
    const found = new Map();
    terms.forEach((term, place) => lists[place] && this.weigh(term, lists[place], found));
    const count = new Set(terms.flatMap((term) => term.covers)).size;
    const ranked = [...found.entries()].map(([number, hit]) => ({ number, ...settled(hit, number, terms, lists, count) }));
    ranked.sort((a, b) => a.tier - b.tier || b.exact - a.exact || b.score - a.score || a.number - b.number);
    const together = ranked.filter((hit) => hit.tier < 2);
    const shown = together.length ? together : ranked;
    return {
      numbers: shown.map((hit) => hit.number),
      asked: new Set(words.map((word) => word.bare)),
      total: terms.length === 1 && lists[0] ? lists[0].total : shown.length,
      more: lists.some((list) => list && list.total > list.held),
      whole: together.length > 0,
    };
  }

  // Abbreviations become the words they stand for; one letter alone only before another word.
  spellOut(words) {
    return words.flatMap((word, place) => {
      const long = this.contents.short[word.bare];
      return long && (word.bare.length > 1 || place + 1 < words.length) && !word.marks ? syllables(long) : [word];
    });
  }

  weigh(term, list, found) {
    const rarity = Math.log2(1 + this.contents.entries / list.total);
    const held = new Map();
    for (const { number, titled, marks } of entries(list)) {
      const was = held.get(number) || { titled: false, exact: false };
      held.set(number, { titled: was.titled || titled, exact: was.exact || marks === term.marks });
      list.last = number;
    }
    list.held = held.size;
    for (const [number, { titled, exact }] of held) {
      if (!found.has(number)) found.set(number, { score: 0, covered: new Set(), missed: 0 });
      const hit = found.get(number), bare = !term.marks.trim();
      hit.score += term.weight[Number(titled)] * rarity * (exact && !bare ? 1.5 : 1);
      hit.missed += Number(!exact && !bare);
      term.covers.forEach((word) => hit.covered.add(word));
    }
  }
}

// The pairs of a question, and its single words while they are few; each once, with the words it stands for.
function termsOf(words) {
  const pairs = words.slice(1).map((second, place) => ({
    term: `${words[place].bare} ${second.bare}`,
    marks: words[place].marks || second.marks ? `${words[place].marks} ${second.marks}` : "",
    weight: WEIGHT.pair,
    covers: [place, place + 1],
  }));
  const single = words.length > FEW ? [] : words.map(({ bare, marks }, place) => (
    { term: bare, marks, weight: WEIGHT.word, covers: [place] }));
  const step = Math.max(1, pairs.length / MOST);
  const chosen = pairs.length <= MOST ? pairs : Array.from({ length: MOST }, (_, n) => pairs[Math.floor(n * step)]);
  const seen = new Map();
  for (const term of [...single, ...chosen]) {
    const same = seen.get(term.term);
    if (same) same.covers = [...same.covers, ...term.covers];
    else seen.set(term.term, term);
  }
  return [...seen.values()];
}

// Judge an entry: tier 0 holds all words, tier 1 may (a long list was cut before it), tier 2 does not.
function settled(hit, number, terms, lists, count) {
  const exact = Number(!hit.missed);
  if (hit.covered.size === count) return { tier: 0, exact, score: hit.score };
  const unknown = new Set(hit.covered);
  terms.forEach((term, place) => {
    const list = lists[place];
    if (list && list.total > list.held && number > list.last) term.covers.forEach((word) => unknown.add(word));
  });
  return unknown.size === count ? { tier: 1, exact, score: hit.score } : { tier: 2, exact: 0, score: hit.score };
}
