// Texts as words: a bare key that forgives how they were typed, and the marks they were typed with. The same reading as
// scripts/sangkien/domain/search_terms.py, by the same table.

import { FINAL_Y, MARKS, WORD } from "./letters.js";

const SHAPE = new RegExp(WORD, "g");
const FINAL = new RegExp(FINAL_Y);
const PIECE = /[\p{L}\p{N}\p{M}]+/gu;

function term(word) {
  let key = "";
  const marks = [];
  for (const letter of word) {
    if (letter in MARKS) marks.push(MARKS[letter]);
    if (letter === "đ") key += "d";
    else if (letter < "\u0080") key += letter;
  }
  if (FINAL.test(key)) key = `${key.slice(0, -1)}i`;
  return { key, marks: marks.sort().join("") };
}

export function terms(text) {
  return (text.normalize("NFD").toLowerCase().match(SHAPE) || []).map(term).filter(({ key }) => key);
}

// Cut a text into pieces, telling which of them are words that were asked for.
export function pieces(text, keys) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(PIECE)) {
    if (!terms(match[0]).some(({ key }) => keys.has(key))) continue;
    found.push([text.slice(end, match.index), false], [match[0], true]);
    end = match.index + match[0].length;
  }
  return [...found, [text.slice(end), false]].filter(([piece]) => piece);
}
