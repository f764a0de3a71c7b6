// What the link says of the sheet to fill in: text from outside, so each part has one narrow form or is refused.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ID = /^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const SHAPES = {
  kho: /^[A-Za-z0-9_-]{1,39}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
  so: /^[1-9][0-9]{0,8}$/,
  "ma-so": new RegExp(`^[0-9]{4}-[${ALPHABET}]{4}-[${ALPHABET}]{4}$`),
  "van-tay": /^([0-9a-f]{12}|[0-9a-f]{64})$/,
  dot: ID,
  "thanh-vien": /^[1-9][0-9]{0,14}$/,
  ghe: ID,
};
const OPTIONAL = ["thanh-vien", "ghe"];
const LOOPBACK = /^(localhost|127(\.[0-9]{1,3}){3}|\[::1\])$/;
export const GITHUB = "https://github.com";

/** Tell whether an idea's code carries the right check symbol (Luhn mod 32, as domain/idea_code.py). */
export function isSound(code) {
  const symbols = code.replace(/-/g, "").split("").reverse();
  const total = symbols.slice(1).reduce((sum, symbol, place) => {
    const value = ALPHABET.indexOf(symbol) * (place % 2 ? 1 : 2);
    return sum + Math.floor(value / 32) + (value % 32);
  }, 0);
  return symbols[0] === ALPHABET[(32 - (total % 32)) % 32];
}

function forge(text) {
  let url;
  try { url = new URL(text); } catch { return ""; }
  const bare = url.pathname === "/" && !url.username && !url.password && !/[?#@\\]/.test(text);
  const safe = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname));
  return bare && safe ? url.origin : "";
}

/** Read the fragment: {link}, or {fault: none | part | round, part}. */
export function readLink(fragment, rounds) {
  const said = new URLSearchParams(fragment.replace(/^#/, "").replace(/\+/g, "%2B"));
  if (![...said.keys()].some((key) => key in SHAPES)) return { fault: "none" };
  for (const key of Object.keys(SHAPES)) {
    const [value, ...more] = said.getAll(key);
    const missing = value === undefined;
    if (more.length || (missing ? !OPTIONAL.includes(key) : !SHAPES[key].test(value))) return { fault: "part", part: key };
  }
  if (!isSound(said.get("ma-so"))) return { fault: "part", part: "ma-so" };
  const hosts = said.getAll("may-chu");
  const host = hosts.length ? forge(hosts[0]) : GITHUB;
  if (!host || hosts.length > 1) return { fault: "part", part: "may-chu" };
  const round = rounds.find((one) => one.id === said.get("dot"));
  if (!round) return { fault: "round" };
  return {
    link: {
      host,
      repository: said.get("kho"),
      pull: said.get("so"),
      code: said.get("ma-so"),
      fingerprint: said.get("van-tay"),
      member: said.get("thanh-vien") || "",
      seat: said.get("ghe") || "",
      round,
    },
  };
}

/** The address of the idea's pull request. */
export function pullRequest(link) {
  return `${link.host}/${link.repository}/pull/${link.pull}`;
}
