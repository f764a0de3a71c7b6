// The block that domain/ballot.py reads. Whatever is typed into the remarks stays inside it.
import { comma } from "./marks.js";

export const VERDICTS = ["cong-nhan", "bo-sung", "khong-cong-nhan"];
/** These two are never sealed: who must call a council together has to read them in time. */
export const ALWAYS_OPEN = ["khong-tham-gia", "rut-phieu"];

const PAD = 1024;
const LINE_ENDS = /\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]/g;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Bring typed text to plain lines: NFC, no control or invisible character, no white space at the ends of lines. */
export function clean(text) {
  return text.replace(LINE_ENDS, "\n").replace(/\t/g, " ").replace(UNSEEN, (c) => (c === "\n" ? c : ""))
    .normalize("NFC").split("\n").map((line) => line.trim()).join("\n").trim();
}

function prose(key, text) {
  const lines = clean(text).split("\n");
  // A fence may be closed behind up to three spaces, never behind four.
  const indent = lines.some((line) => line.startsWith("```")) ? "    " : "  ";
  return [`${key}: |`, ...lines.map((line) => (line ? indent + line : ""))];
}

/** Write a ballot as its block; `marks` are pairs of a criterion's id and hundredths. */
export function write(ballot) {
  const lines = [`bo-tieu-chi: ${ballot.rubric}`, `ma-so: ${ballot.code}`, `van-tay: ${ballot.fingerprint}`];
  if (ballot.member) lines.push(`thanh-vien: ${ballot.member}`);
  if (ballot.seat) lines.push(`ghe: ${ballot.seat}`);
  for (const [id, mark] of ballot.marks) lines.push(`${id}: ${comma(mark)}`);
  lines.push(`ket-luan: ${ballot.verdict}`);
  if (clean(ballot.reason)) lines.push(...prose("ly-do", ballot.reason));
  if (clean(ballot.remarks)) lines.push(...prose("nhan-xet", ballot.remarks));
  return "```phieu-cham\n" + lines.join("\n") + "\n```\n";
}

/** Line feeds up to the next kilobyte, or the length of a sealed text would tell the verdict. */
export function padded(block) {
  const length = new TextEncoder().encode(block).length;
  return block + "\n".repeat((PAD - (length % PAD)) % PAD);
}

/** What goes into the ballot for a verdict: nothing that it does not need. */
export function ballotFor(link, rubric, verdict, typed, sealed) {
  const scored = VERDICTS.includes(verdict), open = ALWAYS_OPEN.includes(verdict);
  return {
    rubric,
    code: link.code,
    fingerprint: sealed && !open ? link.fingerprint : link.fingerprint.slice(0, 12),
    member: sealed && !open ? link.member : "",
    seat: link.seat,
    marks: scored ? typed.marks : [],
    verdict,
    reason: verdict === "khong-tham-gia" ? typed.reason : "",
    remarks: open ? "" : typed.remarks,
  };
}
