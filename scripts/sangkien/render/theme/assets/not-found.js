// An address that leads nowhere but holds an idea's code, however typed, gets the way to that idea.
import { readCode } from "./idea-code.js";

const parts = decodeURIComponent(location.pathname).split("/").filter(Boolean);
const code = parts.map((part, place) => readCode(part) || readCode((parts[place - 1] || "") + part)).find(Boolean);
if (code) {
  const note = document.querySelector("[data-meant]");
  // A hub has no page of any idea, but its search knows where each is.
  const place = "hub" in note.dataset ? `tim-kiem/?q=${code}` : `ghi-nhan/${code.slice(0, 4)}/${code.slice(5).replace("-", "").toLowerCase()}/`;
  const home = new URL("../", import.meta.url);
  const meant = new URL(place, home);
  if (meant.pathname !== location.pathname) {
    const link = note.querySelector("[data-code]");
    link.href = meant.href;
    link.textContent = code;
    note.hidden = false;
  }
}
