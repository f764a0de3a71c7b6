// The draft stays on this device: what was typed, never a contact, a photo or a consent. Without storage the page works on.
const PLACE = "sangkien-";
const NOT_KEPT = ["display", "guardian_relation"];

/** Give the draft kept here under a name, or null. */
export function recall(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(PLACE + name));
    return draft && typeof draft === "object" && draft.answers && typeof draft.answers === "object" ? draft : null;
  } catch { return null; }
}

/** Keep a draft; tells whether that was allowed. */
export function keep(name, draft) {
  try {
    localStorage.setItem(PLACE + name, JSON.stringify(draft));
    return true;
  } catch { return false; }
}

export function forget(name) {
  try { localStorage.removeItem(PLACE + name); } catch { /* nothing was kept */ }
}

/** Draw the key by which one idea sent twice is known to be one. */
export function drawKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Gather what may be kept. */
export function answersOf(fields) {
  const answers = {};
  for (const key of fields.keys) {
    const text = NOT_KEPT.includes(key) ? "" : fields.get(key);
    if (text) answers[key] = text;
  }
  return answers;
}
