// Results as elements. Text is only ever put in as text.

import { pieces } from "./terms.js";

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

const shown = (text, keys) =>
  pieces(text, keys).map(([piece, asked]) => (asked ? make("mark", {}, piece) : piece));

export const ideaAddress = (code) => `ghi-nhan/${code.slice(0, 4)}/${code.slice(5).replace("-", "").toLowerCase()}/`;

// Where the page of a row's idea is: here, or at the site that a hub's row names.
export const placeOf = ([code, , , , , , site], root) => new URL(ideaAddress(code), site || root).href;

export function ideaRow(row, values, names, keys, root) {
  const [, title, , unit, authors, sample] = row;
  const about = [names("loai", values.loai), names("linh-vuc", values["linh-vuc"]), null, values.nam];
  const rating = names("xep-loai", values["xep-loai"]);
  const line = make("p", { class: "sk-row__about" });
  about.forEach((text, place) => {
    const told = place === 2 ? shown(unit, keys) : text && [text];
    if (told && told.length) line.append(...(line.childNodes.length ? [" · "] : []), ...told);
  });
  const tags = [rating && make("span", { class: "sk-tag sk-tag--rating" }, rating), sample && make("span", { class: "sk-tag" }, "Hồ sơ mẫu")];
  return make(
    "li",
    { class: "sk-row" },
    make("a", { class: "sk-row__title", href: placeOf(row, root) }, ...shown(title, keys)),
    line,
    make("p", { class: "sk-row__who" }, ...shown(authors, keys)),
    rating || sample ? make("p", { class: "sk-row__tags" }, ...tags.filter(Boolean)) : null,
  );
}

export function otherRow([kind, title, note, address], keys, root) {
  return make(
    "li",
    { class: "sk-row" },
    make("a", { class: "sk-row__title", href: new URL(address, root).href }, ...shown(title, keys)),
    make("p", { class: "sk-row__about" }, note ? `${kind} · ${note}` : kind),
  );
}
