// Idea codes as people type them (contract §1): case, spaces and hyphens do not matter, O is 0, I and L are 1.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FORGIVEN = { O: "0", I: "1", L: "1" };

// Luhn mod 32 over the four digits of the year and the seven symbols, doubling from the right.
export function checkSymbol(symbols) {
  let total = 0;
  [...symbols].reverse().forEach((symbol, place) => {
    const value = ALPHABET.indexOf(symbol) * (place % 2 ? 1 : 2);
    total += Math.floor(value / 32) + (value % 32);
  });
  return ALPHABET[(32 - (total % 32)) % 32];
}

// Give the canonical code; null when what was typed is none.
export function readCode(typed) {
  const bare = typed.replace(/[\s\-\u2010-\u2015]+/gu, "").toUpperCase().replace(/[OIL]/g, (s) => FORGIVEN[s]);
  if (!/^[0-9]{4}[0-9A-HJKMNP-TV-Z]{8}$/.test(bare)) return null;
  if (checkSymbol(bare.slice(0, -1)) !== bare.slice(-1)) return null;
  return `${bare.slice(0, 4)}-${bare.slice(4, 8)}-${bare.slice(8)}`;
}
