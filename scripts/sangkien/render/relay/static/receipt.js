// The receipt: two codes, a square to scan that holds only the first, and what comes next.
import { fill, make, one } from "./dom.js";
import { words } from "./words.js";

/** Show the receipt; `earlier` when what was sent first is what arrived, and was mended since. */
export async function receipt({ code, pin, address }, earlier) {
  const place = one("[data-receipt]"), follow = whole(address, code);
  one("[data-code]", place).textContent = code;
  one("[data-pin]", place).textContent = pin;
  one("[data-address]", place).textContent = follow.replace(/^https?:\/\//, "").replace(/#.*/, "");
  one("[data-follow]", place).href = follow;
  const slip = fill(words.slip, { code, pin, address: follow });
  one("[data-print]", place).addEventListener("click", () => print());
  one("[data-copy]", place).addEventListener("click", async () => {
    one("[data-copied]", place).textContent = (await copied(slip)) ? words.copied : words.not_copied;
  });
  const share = one("[data-share]", place);
  share.hidden = !navigator.share;
  share.addEventListener("click", () => navigator.share({ text: slip }).catch(() => { /* thought better of it */ }));
  one("[data-earlier]", place).hidden = !earlier;
  place.hidden = false;
  one("h1", place).focus({ preventScroll: true });
  scrollTo(0, 0);
  try { one("[data-qr]", place).append(await square(follow, code)); } catch { /* the codes are enough */ }
}

function whole(address, code) {
  const given = /^(https?:\/\/|\/)/.test(address || "") ? address : "/theo-doi/";
  const made = new URL(given, location.href);
  made.hash = code; // the secret code never goes into an address
  return made.href;
}

async function square(text, code) {
  const { encode } = await import("./qr.js");
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const path = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
  const name = "http://www.w3.org/2000/svg", picture = document.createElementNS(name, "svg");
  const attributes = { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": fill(words.qr, { code }), "shape-rendering": "crispEdges" };
  for (const [key, value] of Object.entries(attributes)) picture.setAttribute(key, value);
  for (const [d, color] of [[`M0 0h${size}v${size}H0z`, "#fff"], [path, "#000"]]) {
    const shape = document.createElementNS(name, "path");
    shape.setAttribute("d", d);
    shape.setAttribute("fill", color);
    picture.append(shape);
  }
  return picture;
}

/** Copy a text; browsers inside other apps know only the old way. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = make("textarea", "", { class: "unseen", readonly: "" });
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}
