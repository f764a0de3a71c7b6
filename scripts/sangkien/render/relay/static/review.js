// All answers together before they are sent, each with a way back to its question.
import { all, fill, make, one } from "./dom.js";
import { words } from "./words.js";

/** Fill the list; `told` maps steps to functions that word their own answer. */
export function review(walk, told) {
  const list = one("[data-answers]", walk.form);
  list.textContent = "";
  for (const step of walk.asked) {
    const { step: name, label } = step.dataset;
    if (told[name]) list.append(...entry(walk, name, label, told[name]()));
    else if (one("[data-part]", step)) {
      const parts = all("[data-part]", step).filter((part) => walk.fields.get(part.dataset.part));
      for (const part of parts) list.append(...entry(walk, name, one("summary span", part).textContent, walk.fields.get(part.dataset.part), part.dataset.part));
      if (!parts.length) list.append(...entry(walk, name, label, ""));
    } else list.append(...entry(walk, name, label, walk.fields.get(name)));
  }
}

function entry(walk, name, label, text, key = "") {
  const answer = make("dd"), button = make("button", words.edit, { type: "button", class: "quiet", "aria-label": fill(words.edit_of, { label }) });
  answer.append(make("div", text || words.empty, { class: text ? "said" : "said said--empty" }), button);
  button.addEventListener("click", () => walk.visit(name, key));
  return [make("dt", label), answer];
}
