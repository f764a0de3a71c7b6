// The arithmetic of a council, as the program's own (domain/count.py): marks and thresholds in, result out.

import { Fraction, sum } from "./fractions.js";

const NOTHING = { mean: null, median: null, spread: null };

export function figures(marks) {
  if (!marks.length) return NOTHING;
  const sorted = [...marks].sort((a, b) => a.compare(b));
  const half = sorted.length >> 1;
  const two = new Fraction(2n);
  return {
    mean: sum(marks).over(new Fraction(BigInt(marks.length))),
    median: sorted.length % 2 ? sorted[half] : sorted[half - 1].plus(sorted[half]).over(two),
    spread: sorted[sorted.length - 1].minus(sorted[0]),
  };
}

const reaches = (mean, least) => mean !== null && mean.reaches(Fraction.of(least));

export const sheetTotal = (sheet, rubric) => sum(rubric.criteria.map((c) => Fraction.of(sheet.marks[c.id])));

export const quorumNeeded = (rubric, base) => Fraction.of(rubric.quorum).times(new Fraction(BigInt(base))).ceil();

// More than the part that a majority is, of so many valid sheets.
export const isMajority = (rubric, votes, sheets) =>
  new Fraction(BigInt(votes)).compare(Fraction.of(rubric.majority).times(new Fraction(BigInt(sheets)))) > 0;

export const leastBallots = (rubric) => Math.max(rubric.min_ballots, 1);

// Count valid sheets; `base` is the members less those recused and conflicted.
export function recount(rubric, sheets, base, abstained) {
  const criteria = rubric.criteria.map((criterion) => {
    const counted = figures(sheets.map((sheet) => Fraction.of(sheet.marks[criterion.id])));
    return { id: criterion.id, ...counted, pass: reaches(counted.mean, criterion.pass_score) };
  });
  const total = figures(sheets.map((sheet) => sheetTotal(sheet, rubric)));
  const needed = quorumNeeded(rubric, base);
  const have = sheets.length + abstained;
  const agree = sheets.filter((sheet) => sheet.verdict === "cong-nhan").length;
  const more = sheets.filter((sheet) => sheet.verdict === "bo-sung").length;

  const why = [];
  if (have < needed) why.push("quorum");
  if (sheets.length < leastBallots(rubric)) why.push("min-ballots");
  const enough = !why.length;
  if (sheets.length) {
    why.push(...criteria.filter((c) => !c.pass).map((c) => `gate:${c.id}`));
    if (!reaches(total.mean, rubric.pass_total)) why.push("total");
    if (!isMajority(rubric, agree, sheets.length)) why.push("majority");
  }
  let result = null;
  if (enough) {
    result = why.length ? "khong-cong-nhan" : "cong-nhan";
    if (why.length && isMajority(rubric, more, sheets.length)) result = "bo-sung";
  }
  const rating = result === "cong-nhan" ? rate(rubric, criteria, total) : null;
  return { base, quorum: { needed, have, met: have >= needed }, criteria, total, agree, result, why, rating };
}

// The first rating whose thresholds the unrounded means reach.
export function rate(rubric, criteria, total) {
  const means = new Map(criteria.map((c) => [c.id, c.mean]));
  const fits = (rating) =>
    reaches(total.mean, rating.min_total) &&
    Object.entries(rating.min_scores ?? {}).every(([id, least]) => means.has(id) && reaches(means.get(id), least));
  return (rubric.ratings ?? []).find(fits)?.id ?? null;
}

// The same count as the register prints it: aggregates with two decimals.
export function printed(counted) {
  const row = ({ mean, median, spread }) => ({
    mean: mean?.twoPlaces() ?? null,
    median: median?.twoPlaces() ?? null,
    spread: spread?.twoPlaces() ?? null,
  });
  return {
    ...counted,
    criteria: counted.criteria.map((c) => ({ id: c.id, ...row(c), pass: c.pass })),
    total: row(counted.total),
  };
}
