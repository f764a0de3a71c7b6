// Marks are whole hundredths, so that no sum is ever off by a rounding; the same forms as domain/ballot.py reads.
const WRITTEN = /^([0-9]{1,6})(?:[.,]([0-9]{1,9}))?(?:\s*\/\s*([0-9]{1,6})(?:[.,]([0-9]{1,9}))?)?$/;

function hundredths(whole, rest) {
  const tail = (rest || "").replace(/0+$/, "");
  return tail.length > 2 ? null : Number(whole) * 100 + Number(tail.padEnd(2, "0"));
}

/** Read one mark: {mark} in hundredths, or {fault}: empty, form, denominator, range. */
export function readMark(text, max) {
  const said = text.trim();
  if (!said) return { fault: "empty" };
  const match = WRITTEN.exec(said);
  if (!match || (match[2] || "").length > 2) return { fault: "form" };
  if (match[3] && hundredths(match[3], match[4]) !== max) return { fault: "denominator" };
  const mark = hundredths(match[1], match[2]);
  return mark > max ? { fault: "range" } : { mark };
}

/** Write hundredths as short as they are, with a comma: 12,5. */
export function comma(mark) {
  const whole = Math.floor(mark / 100), rest = mark % 100;
  return rest ? `${whole},${String(rest).padStart(2, "0").replace(/0$/, "")}` : String(whole);
}

export function sum(marks) {
  return marks.reduce((total, mark) => total + mark, 0);
}
