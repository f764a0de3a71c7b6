// Texts as the index sees them: syllables without marks, and beside each its marks (domain/spelling.py is the same).
import { ENDS_IN_Y, LETTERS, LONGEST } from "./letters.js";

const WORD = /[\p{L}\p{N}]+/gu;

function spelt(word) {
  let bare = "", marks = "";
  for (const letter of word) {
    const base = LETTERS[letter] || letter.normalize("NFD")[0];
    if (!/^[a-z0-9]/.test(base)) continue;
    bare += base[0];
    marks += base.slice(1);
  }
  bare = bare.slice(0, LONGEST).replace(ENDS_IN_Y, "$1i");
  return { bare, marks: [...marks].sort().join("") };
}

export function syllables(text) {
  const words = text.normalize("NFC").toLowerCase().match(WORD) || [];
  return words.map(spelt).filter((syllable) => syllable.bare);
}

// Cut a text, as it is shown, at the words asked for: [["Tưới", true], [" bằng ", false], …].
export function cut(text, asked) {
  const parts = [], shown = text.normalize("NFC");
  let end = 0;
  for (const match of shown.matchAll(WORD)) {
    const wanted = asked.has(spelt(match[0].toLowerCase()).bare);
    if (match.index > end) parts.push([shown.slice(end, match.index), false]);
    parts.push([match[0], wanted]);
    end = match.index + match[0].length;
  }
  if (end < shown.length) parts.push([shown.slice(end), false]);
  return parts;
}
