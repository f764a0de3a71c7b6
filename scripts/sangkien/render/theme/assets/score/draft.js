// The draft stays on this device, one for each sheet; without storage the page works on, and says so.
function key(link) {
  return ["sangkien-phieu", link.host, link.repository, link.pull, link.code, link.member, link.seat].join(" ");
}

/** Give the draft kept for a sheet, or null. */
export function recall(link) {
  try {
    const draft = JSON.parse(localStorage.getItem(key(link)));
    return draft && typeof draft === "object" && draft.marks && typeof draft.marks === "object" ? draft : null;
  } catch { return null; }
}

/** Keep a draft; tells whether that was allowed. */
export function keep(link, draft) {
  try {
    localStorage.setItem(key(link), JSON.stringify(draft));
    return true;
  } catch { return false; }
}

export function forget(link) {
  try { localStorage.removeItem(key(link)); } catch { /* nothing was kept */ }
}
