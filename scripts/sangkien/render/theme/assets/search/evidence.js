// What the lists tell about each document: which of the words asked for it holds, where, and with which marks.

const PRESENT = 1;
const TITLE = 2;
const EXACT = 4;

export class Evidence {
  // `sections` are the letters of title and text; there are `count` documents.
  constructor(words, sections, count) {
    this.words = words;
    this.sections = sections;
    this.count = count;
    this.held = words.map(() => new Uint8Array(count));
    this.known = words.map(() => -1); // up to which number the lists of a word are whole
    this.near = new Uint8Array(count); // how many neighbours stand as they were asked for
    this.told = words.map(() => null);
    this.exacting = words.some(({ marks }) => marks);
  }

  // Take the lists of one word.
  single(place, { parts, count }) {
    for (const { section, marks, numbers } of parts) this.note(place, section, marks, numbers);
    this.known[place] = Math.max(this.known[place], end(parts));
    this.told[place] = count;
  }

  // Take the lists of two neighbours.
  pair(place, { parts }) {
    for (const { section, marks, numbers } of parts) {
      const [first, second] = marks.split(".");
      this.note(place, section, first, numbers);
      this.note(place + 1, section, second, numbers);
      for (const number of numbers) this.near[number] += 1;
    }
  }

  // Take the whole list of a word, which says nothing of places and marks.
  whole(place, { parts }) {
    for (const { numbers } of parts) for (const number of numbers) this.held[place][number] |= PRESENT;
    this.known[place] = Infinity;
  }

  note(place, section, marks, numbers) {
    const exact = this.exacting && marks === this.words[place].marks ? EXACT : 0;
    const flags = PRESENT | (section === this.sections[0] ? TITLE : 0) | exact;
    for (const number of numbers) this.held[place][number] |= flags;
  }

  // Give the documents that hold every word, the best first; those that may; and, where there are neither, those that
  // hold most. `whole` tells whether none can be missing among the first.
  judged() {
    const all = this.words.length;
    const every = [];
    const maybe = new Map();
    const some = new Map();
    let whole = true;
    for (let number = 0; number < this.count; number++) {
      let has = 0;
      let unknown = 0;
      for (let place = 0; place < all; place++) {
        if (this.held[place][number]) has++;
        else if (number > this.known[place]) unknown++;
      }
      if (has === all) every.push(number);
      else if (has + unknown === all) {
        whole = false;
        if (has) maybe.set(number, has);
      } else if (has) some.set(number, has);
    }
    return {
      all,
      whole,
      numbers: this.ranked(every),
      has: [...some.values()].reduce((most, has) => Math.max(most, has), 0),
      maybe: () => this.ranked([...maybe.keys()], maybe),
      some: () => this.ranked([...some.keys()], some),
    };
  }

  // Words with the marks they were typed with first, then words in titles, neighbours, and newer documents.
  ranked(numbers, has = new Map()) {
    const worth = new Map(
      numbers.map((number) => [number, ((has.get(number) || 0) * 2048 + this.grade(number)) * 256 + this.near[number]]),
    );
    return [...numbers].sort((a, b) => worth.get(b) - worth.get(a) || a - b);
  }

  // Tell whether every word stands in the title.
  named(number) {
    return this.held.every((flags) => flags[number] & TITLE);
  }

  // A word typed with marks weighs more than one that may have been typed in haste.
  grade(number) {
    let exact = 0;
    let title = 0;
    this.held.forEach((flags, place) => {
      if (flags[number] & EXACT) exact += weight(this.words[place]);
      if (flags[number] & TITLE) title++;
    });
    return exact * 32 + title;
  }
}

const weight = ({ marks }) => (marks ? 2 : 1);

// The same for words read in a title itself.
export function gradeOf(read, words) {
  const exacting = words.some(({ marks }) => marks);
  let exact = 0;
  let title = 0;
  for (const word of words) {
    const there = read.filter(({ key }) => key === word.key);
    if (there.length) title++;
    if (exacting && there.some(({ marks }) => marks === word.marks)) exact += weight(word);
  }
  return exact * 32 + title;
}

// Tell up to which number lists are whole.
export const end = (parts) =>
  Math.min(Infinity, ...parts.filter(({ cut }) => cut).map(({ numbers }) => numbers[numbers.length - 1]));
