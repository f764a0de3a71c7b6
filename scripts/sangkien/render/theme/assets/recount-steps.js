// A recount told in words: each step is { title, says, fits, was } where `fits` is true, false, or null when a reader
// without the marks cannot tell, and `was` is what was published. Nothing here touches the page.

import { Fraction, sum } from "./fractions.js";
import { isMajority, leastBallots, printed, quorumNeeded, recount, sheetTotal } from "./recount.js";

export const KNOWN_RULES = 1;
const OUTCOMES = { "cong-nhan": "công nhận", "bo-sung": "bổ sung", "khong-cong-nhan": "không công nhận" };

export const comma = (written) => (written === null ? "—" : String(written).replace(".", ","));
export const outcome = (key) => OUTCOMES[key] ?? key ?? "chưa có";

const size = (list) => (Array.isArray(list) ? list.length : list);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// Bring a whole conclusion and what a closed register tells of one to the same shape.
export function told(published) {
  const from = { ...published, ...(published.record ?? {}) };
  const counts = Object.fromEntries(["abstained", "recused", "conflicted"].map((key) => [key, size(from[key])]));
  return { ...from, ...counts, why: from.why ?? [], rating: from.rating ?? null, sheets: from.counted ?? null };
}

export function steps(conclusion, rubric) {
  return conclusion.sheets ? counted(conclusion, rubric) : seen(conclusion, rubric);
}

function counted(conclusion, rubric) {
  const { sheets } = conclusion;
  const exact = recount(rubric, sheets, base(conclusion), conclusion.abstained);
  const anew = printed(exact);
  return [
    {
      title: "Cộng điểm từng phiếu",
      says: `Mỗi phiếu chấm ${rubric.criteria.length} tiêu chí; cộng lại ra tổng của phiếu, như trong bảng.`,
      table: true,
      fits: sheets.every((sheet) => Fraction.of(sheet.total).compare(sheetTotal(sheet, rubric)) === 0),
    },
    ...people(conclusion, rubric, sheets.length),
    ...rubric.criteria.map((criterion, place) => ({
      title: criterion.label,
      says:
        `${mean(sheets.map((sheet) => sheet.marks[criterion.id]), anew.criteria[place])} ` +
        threshold(criterion.pass_score, anew.criteria[place].pass),
      fits: same(anew.criteria[place], pick(conclusion.criteria[place])),
      was: `${shownFigures(conclusion.criteria[place])}, ${conclusion.criteria[place].pass ? "đạt" : "chưa đạt"}`,
    })),
    {
      title: "Tổng điểm",
      says:
        `${mean(sheets.map((sheet) => sheetTotal(sheet, rubric).plain()), anew.total)} ` +
        threshold(rubric.pass_total, !anew.why.includes("total")),
      fits: same(anew.total, figuresOf(conclusion.total)),
      was: shownFigures(conclusion.total),
    },
    majority(conclusion, rubric, sheets.length, anew.agree),
    {
      title: "Kết quả đếm phiếu",
      says: resultWords(anew, rubric),
      fits: anew.result === conclusion.result && same(anew.why, conclusion.why),
      was: [outcome(conclusion.result), ...conclusion.why.map((key) => condition(key, rubric))].join("; "),
    },
    ...(conclusion.outcome === "cong-nhan" ? [rating(conclusion, rubric, exact)] : []),
    concluded(conclusion, anew.result),
  ];
}

// What a reader can see where the marks of single sheets are not published.
function seen(conclusion, rubric) {
  const sheets = conclusion.quorum.have - conclusion.abstained;
  const shown = (figures, least, pass) =>
    `Trung bình đã công bố: ${comma(figures.mean)}. ${threshold(least, pass)}`;
  return [
    ...people(conclusion, rubric, sheets),
    ...rubric.criteria.map((criterion, place) => ({
      title: criterion.label,
      says: shown(conclusion.criteria[place], criterion.pass_score, conclusion.criteria[place].pass),
      fits: null,
    })),
    { title: "Tổng điểm", says: shown(conclusion.total, rubric.pass_total, !conclusion.why.includes("total")), fits: null },
    majority(conclusion, rubric, sheets, conclusion.agree),
    {
      title: "Kết quả đếm phiếu",
      says: resultWords(conclusion, rubric),
      fits: (conclusion.result === "cong-nhan") === (conclusion.why.length === 0),
    },
    concluded(conclusion, conclusion.result),
  ];
}

const base = (conclusion) => conclusion.members - conclusion.recused - conclusion.conflicted;

function people(conclusion, rubric, sheets) {
  const voters = base(conclusion);
  const needed = quorumNeeded(rubric, voters);
  const part = Fraction.of(rubric.quorum).times(new Fraction(BigInt(voters)));
  const rounded = part.bottom === 1n ? "" : `, làm tròn lên là ${needed}`;
  const have = sheets + conclusion.abstained;
  const least = leastBallots(rubric);
  return [
    {
      title: "Số người được tính",
      says:
        `Hội đồng có ${conclusion.members} thành viên được chấm; ${conclusion.recused} người xin không tham gia, ` +
        `${conclusion.conflicted} người có liên quan tới ý. ` +
        `${conclusion.members}\u00a0−\u00a0${conclusion.recused}\u00a0−\u00a0${conclusion.conflicted}\u00a0=\u00a0${voters}.`,
      fits: voters === conclusion.base,
      was: String(conclusion.base),
    },
    {
      title: "Số phiếu cần có",
      says:
        `Cần ít nhất ${rubric.quorum} của ${voters} người: ${rubric.quorum} × ${voters} = ${exactly(part)}${rounded}. ` +
        `Có ${sheets} phiếu chấm và ${conclusion.abstained} phiếu trắng, cộng là ${have}: ` +
        `${have >= needed ? "đủ" : "chưa đủ"}.`,
      fits: same({ needed, have, met: have >= needed }, quorumOf(conclusion.quorum)),
      was: `cần ${conclusion.quorum.needed}, có ${conclusion.quorum.have}, ${conclusion.quorum.met ? "đủ" : "chưa đủ"}`,
    },
    {
      title: "Số phiếu chấm ít nhất",
      says: `Cần ít nhất ${least} phiếu chấm, có ${sheets}: ${sheets >= least ? "đủ" : "chưa đủ"}.`,
      fits: conclusion.why.includes("min-ballots") === sheets < least,
    },
  ];
}

function mean(marks, figures) {
  if (!marks.length) return "Chưa có phiếu nào.";
  const exact = sum(marks.map(Fraction.of)).over(new Fraction(BigInt(marks.length)));
  const sign = exact.compare(Fraction.of(figures.mean)) === 0 ? "=" : "≈";
  const added = marks.length > 1 ? `(${marks.map(comma).join(" + ")}) : ${marks.length}` : comma(marks[0]);
  return (
    `Trung bình: ${added} ${sign} ${comma(figures.mean)}. Số ở giữa khi xếp từ thấp đến cao: ` +
    `${comma(figures.median)}. Cao nhất trừ thấp nhất: ${comma(figures.spread)}.`
  );
}

const threshold = (least, pass) => `Cần từ ${comma(least)} trở lên: ${pass ? "đạt" : "chưa đạt"}.`;

function majority(conclusion, rubric, sheets, agree) {
  const half = Fraction.of(rubric.majority).times(new Fraction(BigInt(sheets)));
  const passed = isMajority(rubric, agree, sheets);
  return {
    title: "Đa số",
    says:
      `${agree} trong ${sheets} phiếu đề nghị công nhận. Cần nhiều hơn ${rubric.majority} × ${sheets} = ` +
      `${exactly(half)}: ${passed ? "đạt" : "chưa đạt"}.`,
    was: `${conclusion.agree} phiếu đề nghị công nhận`,
    fits: agree === conclusion.agree && (sheets === 0 || conclusion.why.includes("majority") === !passed),
  };
}

function resultWords({ result, why }, rubric) {
  if (result === null) return "Chưa đủ phiếu nên chưa có kết quả.";
  if (!why.length) return `Mọi điều kiện đều đạt, nên kết quả là ${outcome(result)}.`;
  return `Còn vướng: ${why.map((key) => condition(key, rubric)).join("; ")}. Vậy kết quả là ${outcome(result)}.`;
}

function condition(key, rubric) {
  const gate = key.startsWith("gate:") && rubric.criteria.find((c) => c.id === key.slice(5));
  if (gate) return `“${gate.label}” chưa đạt điểm tối thiểu`;
  const words = { total: "tổng điểm chưa đạt", majority: "chưa quá phần phiếu cần có" };
  return words[key] ?? key;
}

function rating(conclusion, rubric, exact) {
  const names = Object.fromEntries((rubric.ratings ?? []).map((row) => [row.id, row.label]));
  const table = (rubric.ratings ?? []).map((row) => {
    const also = Object.entries(row.min_scores ?? {}).map(
      ([id, least]) => ` và “${rubric.criteria.find((c) => c.id === id)?.label ?? id}” từ ${comma(least)}`,
    );
    return `${row.label} cần tổng từ ${comma(row.min_total)}${also.join("")}`;
  });
  const got = exact.rating ? `xếp loại ${names[exact.rating]}` : "không có mức nào";
  return {
    title: "Xếp loại",
    says: table.length
      ? `Xét lần lượt, mức đầu tiên đạt được thì nhận. ${table.join("; ")}. Tính ra: ${got}.`
      : "Bộ tiêu chí này không xếp loại.",
    fits: exact.rating === conclusion.rating,
    was: names[conclusion.rating] ?? conclusion.rating ?? "không xếp loại",
  };
}

function concluded(conclusion, result) {
  const said = outcome(conclusion.outcome);
  const beyond = conclusion.outcome === "cong-nhan" && result !== "cong-nhan";
  return {
    title: "Kết luận của chủ tịch",
    says: beyond
      ? `Kết luận “${said}” trong khi đếm phiếu chưa được như vậy.`
      : `Kết luận “${said}”. Chủ tịch không được công nhận khi đếm phiếu chưa đạt; ở đây ` +
        `${conclusion.outcome === result ? "kết luận đúng như kết quả đếm" : "kết luận khác kết quả đếm và có nêu lý do"}.`,
    fits: !beyond,
  };
}

const shownFigures = ({ mean: m, median, spread }) =>
  `trung bình ${comma(m)}, số ở giữa ${comma(median)}, chênh lệch ${comma(spread)}`;

const exactly = (number) => {
  const written = number.plain();
  return written.includes("/") ? `${comma(number.twoPlaces())} (làm tròn)` : comma(written);
};

// The keys a comparison is about, in one order, whatever order they were published in.
const figuresOf = ({ mean: m, median, spread }) => ({ mean: m, median, spread });
const pick = ({ id, pass, ...figures }) => ({ id, ...figuresOf(figures), pass });
const quorumOf = ({ needed, have, met }) => ({ needed, have, met });
