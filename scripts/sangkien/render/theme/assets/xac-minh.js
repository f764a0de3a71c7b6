// The page /xac-minh/: a code in, and on to the page its papers are checked on; or the published count of that idea
// recounted here, step by step.

import { canDigest, recordDigest } from "./record-digest.js";
import { readCode } from "./idea-code.js";
import { KNOWN_RULES, comma, outcome, steps, told } from "./recount-steps.js";
import { unpacked } from "./packed.js";

const tool = document.getElementById("dem-lai");
const form = tool.querySelector("form");
const input = form.querySelector("input");
const status = tool.querySelector("[role=status]");
const result = document.getElementById("ket-qua-dem-lai");
const paper = document.getElementById("to-giay");
const data = new URL("../du-lieu/kiem-dem/", location.href);
const root = new URL("../", location.href);
const symbols = Number(tool.querySelector("[data-symbols]").dataset.symbols); // by which the files are named

const FITS = new Map([[true, "khớp"], [false, "không khớp"], [null, "chỉ hội đồng đếm lại được"]]);
const STATE = new Map([[true, "yes"], [false, "no"], [null, "unknown"]]);

// Text is only ever put in as text.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

const day = (written) => written.split("-").reverse().join("/");
const badge = (fits) => make("strong", { class: `sk-fit sk-fit--${STATE.get(fits)}` }, FITS.get(fits));

const NO_CODE = "Mã này chưa đúng. Mã có dạng 2019-7K3Q-F2TY, in ở đầu trang của ý và trên giấy chứng nhận.";

function tell(text) {
  status.textContent = text;
}

async function fetched(code) {
  const beginning = code.slice(5).replace("-", "").slice(0, symbols).toLowerCase();
  const answer = await fetch(new URL(`${beginning}.json.gz`, data), { credentials: "omit" });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  const register = JSON.parse(await unpacked(await answer.arrayBuffer()));
  const idea = register.ideas.find((entry) => entry.code === code);
  return idea ? { register, idea } : null;
}

function wanted() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return location.hash.slice(1); // a stray percent sign
  }
}

let asked = 0;

async function show() {
  const typed = wanted();
  if (!typed || document.getElementById(typed)) return; // nothing asked, or a heading of this page
  const turn = ++asked;
  const code = readCode(typed);
  input.value = code ?? typed;
  result.replaceChildren();
  input.toggleAttribute("aria-invalid", !code);
  if (!code) return tell(NO_CODE);
  tell("Đang lấy số liệu…");
  let found;
  try {
    found = await fetched(code);
  } catch {
    return turn === asked && tell("Chưa lấy được số liệu. Bà con xem lại đường mạng rồi bấm “Đếm lại” lần nữa.");
  }
  if (turn !== asked) return; // another code was asked for meanwhile
  if (!found) return tell(`Chưa thấy ý nào được ghi nhận mang mã ${code}.`);
  const { register, idea } = found;
  let parts;
  try {
    const counts = idea.conclusions.filter((published) => ["record", "rubric", "by_decision"].some((key) => key in published));
    parts = await Promise.all(counts.map((published) => article(told(published), published, register)));
  } catch {
    return turn === asked && tell("Số liệu đã công bố của ý này có chỗ không đọc được. Xin báo cho văn phòng.");
  }
  if (turn !== asked) return;
  tell(parts.length ? summary(parts) : "Ghi nhận này đã thu hồi, nên số liệu đếm phiếu không còn công bố.");
  const link = make("a", { href: new URL(idea.address, root).href }, idea.title);
  result.replaceChildren(make("h2", { tabindex: "-1" }, link), ...parts.map((part) => part.element));
  result.firstElementChild.focus({ preventScroll: true });
  tool.scrollIntoView();
}

function summary(parts) {
  const all = parts.flatMap((part) => part.steps);
  if (!all.length) return "Ý này không có phiếu nào để đếm lại.";
  const wrong = all.filter((step) => step.fits === false).length;
  if (wrong) return `Có ${wrong} bước không khớp với số đã công bố. Xin báo cho văn phòng cùng mã của ý.`;
  const unknown = all.filter((step) => step.fits === null).length;
  if (unknown) return "Những bước người đọc tự đếm được đều khớp với số đã công bố.";
  return `Đã đếm lại ${all.length} bước: tất cả đều khớp với số đã công bố.`;
}

async function article(conclusion, published, register) {
  const council = register.councils[conclusion.council] ?? conclusion.council;
  const said = conclusion.by_decision ? "công nhận theo quyết định ngày" : "kết luận ngày";
  const heading = make("h3", {}, `${council}, ${said} ${day(conclusion.concluded_on)}`);
  const rubric = register.rubrics[conclusion.rubric];
  const done = [];
  let notice = null;
  if (conclusion.by_decision) {
    notice = "Ý này được công nhận theo quyết định ký trước khi có sổ, nên không có phiếu nào để đếm lại.";
  } else if (!rubric || conclusion.rules !== KNOWN_RULES) {
    notice = "Trang này không biết bộ tiêu chí hay cách đếm của kết luận ấy. Xin dùng lệnh sangkien verify.";
  } else {
    done.push(...steps(conclusion, rubric), ...(await digests(conclusion, published, rubric)));
    if (!conclusion.sheets) {
      notice =
        "Đợt này không công khai điểm của từng phiếu, nên chỉ hội đồng mới đếm lại được điểm. " +
        "Người đọc tự xem được những bước dưới đây.";
    } else if (conclusion.sheets.some((sheet) => !sheet.seat)) {
      notice = "Điểm được công khai mà không kèm ghế: thứ tự các phiếu đã xáo, không theo thứ tự thành viên.";
    }
  }
  const list = make("ol", { class: "sk-recount__steps" });
  for (const step of done) {
    list.append(
      make(
        "li",
        {},
        make("p", { class: "sk-recount__title" }, make("strong", {}, step.title), " ", badge(step.fits)),
        make("p", {}, step.says),
        step.fits === false && step.was ? make("p", {}, make("strong", {}, "Đã công bố: "), `${step.was}.`) : null,
        step.table ? table(conclusion, rubric) : null,
      ),
    );
  }
  const remark = notice && make("p", { class: "sk-recount__notice" }, notice);
  return { element: make("section", { class: "sk-recount__one" }, heading, remark, list), steps: done };
}

function digest(of, anew, was) {
  const says = `Tính lại từ toàn bộ ${of} đang công bố, được ${anew.slice(0, 12)}…`;
  return { title: `Dấu số của ${of}`, says, fits: anew === was, was: was.slice(0, 12) };
}

async function digests(conclusion, published, rubric) {
  if (!canDigest()) {
    const says = "Trình duyệt chỉ tính được dấu số khi trang mở bằng địa chỉ https.";
    return [{ title: "Dấu số", says, fits: null }];
  }
  const list = [digest("bộ tiêu chí", await recordDigest(rubric), conclusion.rubric_digest)];
  const whole = published.record;
  if (whole) list.push(digest("kết luận", await recordDigest(whole), published.digest));
  return list;
}

function table(conclusion, rubric) {
  const head = (text, scope) => make("th", { scope }, text);
  const rows = conclusion.sheets.map((sheet, place) =>
    make(
      "tr",
      {},
      head(sheet.seat ? `Ghế ${sheet.seat.replace(/^ghe-/, "")}` : `Phiếu ${place + 1}`, "row"),
      ...rubric.criteria.map((criterion) => make("td", {}, comma(sheet.marks[criterion.id]))),
      make("td", {}, make("strong", {}, comma(sheet.total))),
      make("td", {}, outcome(sheet.verdict)),
    ),
  );
  const columns = ["Phiếu", ...rubric.criteria.map((criterion) => criterion.label), "Tổng", "Đề nghị"];
  const grid = make(
    "table",
    { class: "sk-recount__table" },
    make("caption", {}, "Điểm trên từng phiếu được tính"),
    make("thead", {}, make("tr", {}, ...columns.map((text) => head(text, "col")))),
    make("tbody", {}, ...rows),
  );
  return make("div", { class: "sk-recount__scroll", tabindex: "0", role: "group", "aria-label": "Bảng điểm" }, grid);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const code = readCode(input.value) ?? input.value.trim();
  if (wanted() === code) show();
  else location.hash = encodeURIComponent(code);
});

// Where a paper is checked: that of an idea by its code, that of a commendation by its id where there is one.
async function proof(typed) {
  const code = readCode(typed);
  if (code) return `${code.slice(0, 4)}/${code.slice(5).replace("-", "").toLowerCase()}/`;
  const id = typed.trim().toLowerCase();
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return null;
  const page = `bieu-duong/${id}/`;
  const isThere = await fetch(page, { method: "HEAD", credentials: "omit" }).then((answer) => answer.ok, () => true);
  return isThere ? page : null; // without an answer the browser itself tells what is wrong
}

paper.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = paper.querySelector("input");
  const page = await proof(field.value);
  field.toggleAttribute("aria-invalid", !page);
  paper.querySelector("[role=status]").textContent = page ? "" : NO_CODE;
  if (page) location.assign(page);
});
window.addEventListener("hashchange", show);
tool.querySelector(".sk-recount__without").remove();
for (const part of [paper, tool]) part.querySelector(".sk-recount__with").hidden = false;
show();
