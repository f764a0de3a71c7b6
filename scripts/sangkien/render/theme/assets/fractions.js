// Exact numbers: a mean is never rounded before it is compared. Nothing here knows of councils.

const gcd = (a, b) => (b ? gcd(b, a % b) : a);
const WRITTEN = /^([0-9]{1,9})(?:\.([0-9]{1,9})|\/([0-9]{1,9}))?$/;

export class Fraction {
  constructor(top, bottom = 1n) {
    if (bottom === 0n) throw new RangeError("a fraction over nothing");
    const sign = bottom < 0n ? -1n : 1n;
    const shared = gcd(top < 0n ? -top : top, bottom * sign) || 1n;
    this.top = (sign * top) / shared;
    this.bottom = (sign * bottom) / shared;
  }

  // Read a number as the register writes it: 30, "12.5", "2/3".
  static of(written) {
    if (written instanceof Fraction) return written;
    const parts = WRITTEN.exec(String(written));
    if (!parts) throw new TypeError(`no number: ${written}`);
    const [, whole, decimals, bottom] = parts;
    if (bottom !== undefined) return new Fraction(BigInt(whole), BigInt(bottom));
    return new Fraction(BigInt(whole + (decimals ?? "")), 10n ** BigInt((decimals ?? "").length));
  }

  plus(other) { return new Fraction(this.top * other.bottom + other.top * this.bottom, this.bottom * other.bottom); }
  minus(other) { return new Fraction(this.top * other.bottom - other.top * this.bottom, this.bottom * other.bottom); }
  times(other) { return new Fraction(this.top * other.top, this.bottom * other.bottom); }
  over(other) { return new Fraction(this.top * other.bottom, this.bottom * other.top); }
  compare(other) {
    const less = this.top * other.bottom - other.top * this.bottom;
    return less < 0n ? -1 : less > 0n ? 1 : 0;
  }
  reaches(least) { return this.compare(least) >= 0; }
  ceil() { return Number(-floored(-this.top, this.bottom)); }

  // Two decimals, an exact half to the even neighbour.
  twoPlaces() {
    const hundredfold = this.top * 100n;
    let cents = floored(hundredfold, this.bottom);
    const twice = 2n * (hundredfold - cents * this.bottom);
    if (twice > this.bottom || (twice === this.bottom && cents % 2n !== 0n)) cents += 1n;
    const size = cents < 0n ? -cents : cents;
    return `${cents < 0n ? "-" : ""}${size / 100n}.${String(size % 100n).padStart(2, "0")}`;
  }

  // The shortest exact writing of a number with few decimals; one that has none without end is written as a/b.
  plain() {
    for (let places = 0, ten = 1n; places <= 9; places += 1, ten *= 10n) {
      if (ten % this.bottom !== 0n) continue;
      const digits = String((this.top < 0n ? -this.top : this.top) * (ten / this.bottom)).padStart(places + 1, "0");
      const whole = digits.slice(0, digits.length - places);
      return `${this.top < 0n ? "-" : ""}${whole}${places ? `.${digits.slice(-places)}` : ""}`;
    }
    return `${this.top}/${this.bottom}`;
  }
}

const floored = (top, bottom) => (top >= 0n ? top / bottom : -((-top + bottom - 1n) / bottom));

export const sum = (numbers) => numbers.reduce((a, b) => a.plus(b), new Fraction(0n));
