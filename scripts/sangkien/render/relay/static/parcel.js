// What is sent of an idea, gathered field by field; a contact goes sealed and no other way.
import { seal } from "./seal.js";

const MOST_SEEN = 20;

/** Gather the answers, authors, consents and photos of a form. */
export function parcelOf({ fields, authors, photos, alike, request }, proof) {
  const parcel = new FormData(), told = photos.read();
  const guarded = fields.flag("minor") && fields.flag("guardian");
  const flags = { agreement: fields.flag("agreement"), minor: fields.flag("minor"), guardian: guarded, photo_consent: told.length > 0 && photos.consented };
  parcel.append("request", request);
  for (const key of fields.keys) {
    const text = key === "guardian_relation" && !guarded ? "" : fields.get(key);
    if (text) parcel.append(key, text);
  }
  parcel.append("authors", authors.text());
  for (const [name, given] of Object.entries(flags)) if (given) parcel.append(name, "yes");
  told.forEach(({ blob, alt, shows }, place) => {
    const name = `photo-${place + 1}`;
    parcel.append(name, blob, blob.type === "image/webp" ? "a.webp" : "a.jpg");
    parcel.append(`${name}-alt`, alt);
    parcel.append(`${name}-shows`, shows);
  });
  if (alike.seen.size) parcel.append("similar_seen", [...alike.seen].slice(-MOST_SEEN).join(","));
  parcel.append("altcha", proof);
  return parcel;
}

/** Add a contact, sealed to the office's keys; rejects with the word `contact`. */
export async function enclose(parcel, contact, keys) {
  try { parcel.append("contact", await seal(contact, keys)); } catch { throw new Error("contact"); }
}
