// An address that leads nowhere but holds an idea's code, however typed, gets the way to that idea, or to the page its
// papers are checked on; where that page is what is not there, no such recognition is known.
import { readCode } from "./idea-code.js";

const home = new URL("../", import.meta.url);
const parts = decodeURIComponent(location.pathname).split("/").filter(Boolean);
const code = parts.map((part, place) => readCode(part) || readCode((parts[place - 1] || "") + part)).find(Boolean);
const none = document.querySelector("[data-no-proof]"); // a hub has none
const checks = none && location.pathname.startsWith(`${home.pathname}xac-minh/`);
const note = document.querySelector("[data-meant]");

function place() {
  if ("hub" in note.dataset) return `tim-kiem/?q=${code}`; // it has no page of any idea, but its search knows where each is
  return `${checks ? "xac-minh" : "ghi-nhan"}/${code.slice(0, 4)}/${code.slice(5).replace("-", "").toLowerCase()}/`;
}

const meant = code && new URL(place(), home);
if (meant && meant.pathname !== location.pathname) {
  const link = note.querySelector("[data-code]");
  link.href = meant.href;
  link.textContent = code;
  note.hidden = false;
} else if (checks) {
  if (code) none.querySelector("strong").textContent = `mang mã ${code}`;
  none.hidden = false;
}
