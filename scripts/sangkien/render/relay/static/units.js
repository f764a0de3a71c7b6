// Units from the register while one types, with or without marks; whatever is typed is taken all the same.
import { all, fold, make, one } from "./dom.js";
import { words } from "./words.js";

const MOST = 6;

export function suggest(section) {
  const input = one("[data-field]", section), box = one("[data-found]", section);
  const said = one("p", box), list = one("ul", box);
  const known = all("[data-units] option").map(({ value }) => ({ value, folded: ` ${fold(value)}` }));

  function look() {
    const wanted = fold(input.value);
    const held = wanted.length < 2 ? [] : known.filter(({ folded }) => folded.includes(` ${wanted}`));
    const best = held.sort((a, b) => a.folded.length - b.folded.length).slice(0, MOST);
    const settled = best.some(({ value }) => value === input.value);
    box.hidden = !best.length || settled;
    said.textContent = box.hidden ? "" : words.units_found;
    list.textContent = "";
    if (box.hidden) return;
    for (const { value } of best) {
      const item = make("li"), button = make("button", value, { type: "button", class: "quiet" });
      button.addEventListener("click", () => {
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.focus();
      });
      item.append(button);
      list.append(item);
    }
  }
  input.addEventListener("input", look);
}
