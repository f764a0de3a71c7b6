// The page /tim-kiem/: what is asked stands in its address, so that it can be shared and the way back works.

import { readCode } from "../idea-code.js";
import { Edition, MOST } from "./edition.js";
import { gradeOf } from "./evidence.js";
import { Facets, UNIT, YEAR } from "./facets.js";
import { Filters } from "./filters.js";
import { find } from "./find.js";
import { ideaAddress, ideaRow, make, otherRow, placeOf } from "./rows.js";
import { terms } from "./terms.js";
import { FACETS, HUB_FACETS, WORDS, told } from "./words.js";

const PAGE = 10; // ideas shown at once, as far as the question's cost allows
const MAYBE = 30; // ideas shown that may not hold every word
const OTHERS = 3;
const BLOCK_BYTES = 3200; // what titles that travel together may weigh
const PAUSE = 500; // ms without a key before what was typed so far is looked for

const tool = document.getElementById("tim");
const hub = "hub" in tool.dataset; // whose ideas stand at other sites
const form = tool.querySelector("form");
const input = form.querySelector("input");
const status = tool.querySelector("[role=status]");
const again = tool.querySelector(".sk-search__again");
const result = document.getElementById("ket-qua");
const lists = document.querySelector(".sk-search__lists");
const root = new URL("../", location.href);
const title = document.title;
const filters = new Filters(document.getElementById("loc-ket-qua"), hub ? HUB_FACETS : FACETS, (name, value) =>
  go({ ...asked().choice, [name]: value }));

let edition = null;
let turn = 0;

function asked() {
  const given = new URLSearchParams(location.search);
  const choice = {};
  for (const name of [YEAR, "linh-vuc", "noi-dung", UNIT, "loai", "xep-loai", "ap-dung"])
    if (given.get(name)) choice[name] = given.get(name);
  return { text: (given.get("q") || "").slice(0, 200).trim(), choice };
}

function address(text, choice) {
  const given = new URLSearchParams();
  if (text) given.set("q", text);
  for (const [name, value] of Object.entries(choice)) if (value) given.set(name, value);
  const written = given.toString();
  return written ? `?${written}` : location.pathname;
}

function go(choice, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", address(input.value.trim(), choice));
  return show();
}

function tell(text) {
  status.textContent = text;
}

function clear() {
  result.replaceChildren();
  filters.hide();
  again.hidden = true;
  lists.hidden = false;
}

async function opened(anew) {
  if (anew || !edition) edition = await Edition.open(new URL("tim-kiem/", root), anew);
  else edition.begin();
  return edition;
}

async function show() {
  const mine = ++turn;
  const { text, choice } = asked();
  const words = terms(text);
  document.title = text ? `${text} · ${title}` : title;
  if (!words.length) {
    clear();
    return tell(text ? WORDS.nothing : "");
  }
  const slow = [setTimeout(() => tell(WORDS.searching), 250), setTimeout(() => tell(WORDS.slow), 8000)];
  try {
    const code = readCode(text);
    if (code) return await jump(code, mine);
    await searched(text, choice, mine, false).catch(() => searched(text, choice, mine, true));
  } catch {
    if (mine !== turn) return;
    clear();
    again.hidden = false;
    tell(WORDS.failed);
  } finally {
    slow.forEach(clearTimeout);
  }
}

// A code leads straight to its idea.
async function jump(code, mine) {
  const to = hub ? await elsewhere(code) : await here(code);
  if (mine !== turn) return;
  if (to) return location.replace(to);
  clear();
  tell(told.noCode(code));
}

async function here(code) {
  const to = new URL(ideaAddress(code), root);
  const answer = await fetch(to, { method: "HEAD", credentials: "omit" });
  if (answer.ok) return to;
  if (answer.status !== 404) throw new Error(String(answer.status));
  return null;
}

async function elsewhere(code) {
  const number = await (await opened(false)).numberOf(code).catch(async () => (await opened(true)).numberOf(code));
  return number === undefined ? null : placeOf(await edition.row("y", number), root);
}

async function searched(text, choice, mine, anew) {
  const here = await opened(anew);
  const found = await find(here, text);
  if (mine !== turn) return;
  const facets = new Facets(here, found);
  const shown = shownOf(found.ideas);
  const filtered = Object.keys(choice).length > 0;
  if (filtered) await facets.learn(shown.numbers);
  const chosen = filtered ? await facets.resolved(choice, shown.numbers) : choice;
  await draw({ here, text, choice, chosen, found, facets, shown, filtered, mine });
}

// What is shown: ideas that hold every word; failing them those that may; failing them those that hold most.
function shownOf({ numbers, maybe, some, has, all, whole }) {
  if (numbers.length) return { numbers, how: "all", over: !whole };
  if (!whole) return { numbers: maybe().slice(0, MAYBE), how: "near" };
  return { numbers: has ? some().slice(0, MAYBE) : [], how: "some", has, all };
}

// Fetch the rows of ideas, as many as the question may still cost; what they tell is kept.
async function ideaRows(here, facets, found, numbers) {
  const wanted = [];
  let cost = 0;
  for (const number of numbers) {
    if (!here.has("y", number)) cost += BLOCK_BYTES;
    if (wanted.length && cost > here.left(MOST)) break;
    wanted.push([number, here.row("y", number)]);
  }
  const rows = [];
  for (const [number, asked] of wanted) {
    const row = await asked;
    if (!facets.codes.has(number)) facets.know(number, row[2]);
    const title = terms(row[1]);
    const grade = Math.max(found.evidence.ideas.grade(number), gradeOf(title, found.words));
    rows.push({ number, row, grade, near: near(title, found.words) });
  }
  return rows.sort((a, b) => b.grade - a.grade || b.near - a.near);
}

// Count how many words stand in a title right after the one they were typed after.
function near(title, words) {
  const keys = title.map(({ key }) => key);
  return words.slice(1).filter(({ key }, place) => keys.some((k, at) => k === words[place].key && keys[at + 1] === key)).length;
}

// Of everything else only what holds every word is shown.
function otherNumbers({ others, evidence }) {
  const numbers = others.numbers.length ? others.numbers : others.maybe();
  return { numbers, named: numbers.length > 0 && evidence.others.named(numbers[0]) };
}

// Make a list that grows by a page at a time.
async function growing(here, numbers, rowsOf, attributes) {
  const list = make("ul", attributes);
  const button = make("button", { type: "button", class: "sk-search__more" }, WORDS.more);
  const left = numbers.slice();
  const grow = async () => {
    const made = await rowsOf(left);
    left.splice(0, made.length);
    list.append(...made);
    button.hidden = !left.length;
    return made;
  };
  await grow();
  button.addEventListener("click", async () => {
    here.begin();
    button.disabled = true;
    try {
      const made = await grow();
      made[0].querySelector("a").focus();
    } catch {
      tell(WORDS.failed);
    }
    button.disabled = false;
  });
  return [list, button];
}

const section = (id, heading, parts) => make("section", { "aria-labelledby": id }, make("h2", { id }, heading), ...parts);

async function draw({ here, text, choice, chosen, found, facets, shown, filtered, mine }) {
  const keys = new Set(found.words.map(({ key }) => key));
  const names = (name, value) => facets.name(name, value);
  const numbers = facets.chosen(shown.numbers, chosen);
  const others = otherNumbers(found);
  const ideaRowsOf = async (left) =>
    (await ideaRows(here, facets, found, left.slice(0, PAGE))).map(({ number, row }) =>
      ideaRow(row, facets.codes.get(number), names, keys, root));
  const otherRowsOf = async (left) =>
    (await Promise.all(left.slice(0, OTHERS).map((number) => here.row("khac", number)))).map((row) => otherRow(row, keys, root));
  const otherList = others.numbers.length
    ? await growing(here, others.numbers, otherRowsOf, { class: "sk-list sk-list--index" })
    : null;
  const ideaList = numbers.length ? await growing(here, numbers, ideaRowsOf, { class: "sk-list" }) : null;
  if (filtered) await filters.ready(facets, shown.numbers, choice, chosen);
  if (mine !== turn) return;
  const ideas = ideaList && section("cac-y", WORDS.ideas, ideaList);
  const other = otherList && section("noi-khac", hub ? WORDS.hubOthers : WORDS.others, otherList);
  result.replaceChildren(...(others.named || !ideas ? [other, ideas] : [ideas, other]).filter(Boolean));
  if (!ideas) result.append(empty(filtered && shown.numbers.length > 0, other));
  again.hidden = true;
  lists.hidden = Boolean(ideas || other);
  filters.show(shown.numbers.length > 1 ? { facets, numbers: shown.numbers, choice, chosen } : null);
  const single = found.words.length === 1 && !filtered ? found.evidence.ideas.told[0] : null;
  tell(told.found({ ...shown, ...(single ? { over: false } : {}), number: single || numbers.length, text, others: others.numbers.length, filtered, hub }));
}

function empty(filtered, other) {
  if (filtered) {
    const all = make("button", { type: "button" }, WORDS.unfilter);
    all.addEventListener("click", () => go({}));
    return make("div", { class: "sk-empty" }, make("p", {}, WORDS.emptyFiltered), make("p", {}, all));
  }
  if (hub) return make("p", { class: "sk-muted" }, other ? WORDS.noIdea : WORDS.empty);
  const send = make("a", { href: new URL("gui/", root).href }, WORDS.send);
  return other ? make("p", { class: "sk-muted" }, WORDS.noIdea) : make("div", { class: "sk-empty" }, make("p", {}, WORDS.empty), make("p", {}, send));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  go({});
});
let pause = 0;
input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => go({}, { replace: true }), PAUSE);
});
again.querySelector("button").addEventListener("click", show);
addEventListener("popstate", () => {
  input.value = asked().text;
  show();
});
input.value = asked().text;
if (!input.value) input.focus();
show();
