// The digest of a record: SHA-256 of its canonical JSON (RFC 8785). Records hold no floats, so whole numbers suffice.

const tidy = (text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim();

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const kept = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
    // Keys are ordered by UTF-16 units, which is how JavaScript compares texts.
    kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${kept.map(([key, inner]) => `${JSON.stringify(tidy(key))}:${canonical(inner)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError("no whole number");
  return JSON.stringify(typeof value === "string" ? tidy(value) : value);
}

// Whether this browser can digest at all: outside a secure address (https, this computer) it cannot.
export const canDigest = () => Boolean(globalThis.crypto?.subtle);

export async function recordDigest(record) {
  const { digest: _, ...rest } = record;
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(rest)));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
