// Small things every module here needs of the page.
export const one = (selector, from = document) => from.querySelector(selector);
export const all = (selector, from = document) => [...from.querySelectorAll(selector)];

/** Fill the places `{name}` of a sentence. */
export function fill(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** Put text into an element that is seen only when it says something. */
export function say(element, text) {
  element.textContent = text;
  element.hidden = !text;
}

/** Make an element with text and attributes. */
export function make(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** Text as it is sent: composed letters, no white space around. */
export const neat = (text) => text.normalize("NFC").trim();

/** Text for comparison, as domain/text.py folds it: lower case, no marks, đ as d. */
export function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d").replace(/\s+/g, " ").trim();
}

/** How many characters people would count. */
export const length = (text) => [...neat(text)].length;
