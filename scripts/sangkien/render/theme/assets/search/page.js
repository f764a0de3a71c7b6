// The search page: what is asked stands in the address, so that it can be kept, sent and gone back to.
import { Index } from "./index.js";
import { valueOf } from "./lists.js";
import { cut } from "./spelling.js";
import * as words from "./words.js";

const PER_VIEW = 10;
const EAGER = 4000; // with so few ideas the filters' counts cost less than a picture

const root = new URL("../../", import.meta.url).href;
const form = document.querySelector("[data-search]");
const field = form.elements.q;
const filters = form.querySelector("[data-filters]");
const status = document.querySelector("[data-status]");
const list = document.querySelector("[data-results]");
const more = document.querySelector("[data-more]");
const again = document.querySelector("[data-again]");
const nothing = document.querySelector("[data-nothing]");
let index = null, turn = 0, shown = { numbers: [], asked: new Set() }, upTo = 0;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function asked() {
  const said = new URLSearchParams(location.search);
  return { text: (said.get("q") || "").trim(), chosen: (key) => said.get(key) || "" };
}

async function opened() {
  index = index || await Index.open(`${root}tim-kiem/`);
  return index;
}

// A page kept by the device may name files that a newer site no longer has: then begin anew, once.
async function fresh(work) {
  try {
    return await work(await opened());
  } catch (error) {
    if (!error.gone) throw error;
    index = await Index.open(`${root}tim-kiem/`, { cache: "reload" });
    return work(index);
  }
}

async function run() {
  const mine = ++turn, { text, chosen } = asked();
  field.value = text;
  again.hidden = nothing.hidden = more.hidden = true;
  status.textContent = words.WAITING;
  try {
    await fresh(async (found) => {
      const keys = found.contents.facets.map(([key]) => key), using = keys.filter(chosen);
      const [first, end] = found.contents.ideas;
      const answer = text
        ? await found.find(text)
        : { numbers: using.length ? Array.from({ length: end - first }, (_, n) => first + n) : [], asked: new Set(), whole: true };
      const wanted = using.length || end - first <= EAGER || filters.open ? keys : [];
      const facets = await Promise.all(wanted.map(async (key) => [key, await found.facet(key)]));
      if (mine !== turn) return;
      const kept = narrowed(answer.numbers, facets, chosen, first, end);
      shown = { numbers: kept(null), asked: answer.asked };
      offer(found, facets, chosen, kept, first);
      list.textContent = "";
      upTo = 0;
      await show(found, mine);
      if (mine !== turn) return;
      status.textContent = text || using.length ? words.told({ ...answer, total: answer.total || answer.numbers.length }, shown.numbers.length, using.length > 0) : words.ASK;
      nothing.hidden = shown.numbers.length > 0 || !(text || using.length);
    });
  } catch (error) {
    if (mine !== turn) return;
    status.textContent = words.FAILED;
    again.hidden = false;
  }
}

// Give what is left of the numbers when every chosen value but one facet's is held to.
function narrowed(numbers, facets, chosen, first, end) {
  const tests = facets.filter(([key]) => chosen(key)).map(([key, facet]) => {
    const place = facet.values.findIndex(([value]) => value === chosen(key));
    return { key, fits: (number) => number >= first && number < end && valueOf(facet, number - first) === place };
  });
  return (but) => numbers.filter((number) => tests.every(({ key, fits }) => key === but || fits(number)));
}

// Offer each facet's values that lead to something, with how many ideas each leaves.
function offer(found, facets, chosen, kept, first) {
  const [, end] = found.contents.ideas;
  filters.hidden = false;
  facets.forEach(([key, facet]) => {
    const name = found.contents.facets.find(([other]) => other === key)[1];
    const counts = new Map();
    kept(key).forEach((number) => {
      if (number < first || number >= end) return;
      const place = valueOf(facet, number - first);
      counts.set(place, (counts.get(place) || 0) + 1);
    });
    let select = form.elements[key];
    if (!select) {
      const choice = element("div", "sk-choice"), label = element("label", "", name);
      select = element("select");
      select.name = select.id = label.htmlFor = key;
      select.addEventListener("change", submit);
      choice.append(label, select);
      filters.querySelector("[data-facets]").append(choice);
    }
    select.textContent = "";
    select.append(new Option(words.ALL, ""));
    facet.values.forEach(([value, label], place) => {
      if (counts.get(place) || value === chosen(key)) select.append(new Option(words.OPTION(label, counts.get(place) || 0), value));
    });
    select.value = chosen(key);
  });
  if (found.contents.facets.some(([key]) => chosen(key))) filters.open = true;
}

async function show(found, mine) {
  const numbers = shown.numbers.slice(upTo, upTo + PER_VIEW);
  const rows = await found.rows(numbers);
  if (mine !== turn) return null;
  const items = rows.map(row);
  list.append(...items);
  upTo += numbers.length;
  const left = shown.numbers.length - upTo;
  more.hidden = left <= 0;
  more.textContent = words.MORE(left);
  return items[0];
}

function row([title, address, who, about]) {
  const item = element("li", "sk-row"), link = element("a", "sk-row__title");
  link.href = root + address;
  cut(title, shown.asked).forEach(([text, wanted]) => link.append(wanted ? element("mark", "", text) : text));
  item.append(link);
  if (about) item.append(element("p", "sk-row__about", about));
  if (who) item.append(element("p", "sk-row__who", who));
  return item;
}

function submit(event) {
  if (event) event.preventDefault();
  const said = new URLSearchParams();
  if (field.value.trim()) said.set("q", field.value.trim());
  for (const select of form.querySelectorAll("select")) if (select.value) said.set(select.name, select.value);
  history.pushState(null, "", `?${said}`);
  run();
}

form.addEventListener("submit", submit);
addEventListener("popstate", run);
again.addEventListener("click", run);
filters.addEventListener("toggle", () => filters.open && !filters.querySelector("select") && run());
more.addEventListener("click", async () => {
  try {
    const item = await show(index, turn);
    if (item) item.querySelector("a").focus();
  } catch (error) {
    status.textContent = words.FAILED;
  }
});
document.querySelector("[data-alive]").hidden = false;
document.querySelector("[data-silent]").hidden = true;
if (!asked().text) field.focus();
run();
