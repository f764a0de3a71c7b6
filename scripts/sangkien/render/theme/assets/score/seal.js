// Sealing with age, loaded only where a round asks for it.
let loading = null;

/** Tell why a ballot of this link cannot be sealed: recipients, fingerprint, member, browser; empty when it can. */
export function refusal(link) {
  if (!link.round.recipients.length) return "recipients";
  if (link.fingerprint.length !== 64) return "fingerprint";
  if (!link.member) return "member";
  return typeof BigInt === "function" && window.crypto && crypto.subtle ? "" : "browser";
}

/** Fetch the sealing module once, early enough to be there when the network is gone. */
export function load() {
  loading = loading || import("./age.js").catch((error) => { loading = null; throw error; });
  return loading;
}

/** Seal a text for every recipient, as the fence a review carries. */
export async function seal(text, recipients) {
  const { Encrypter, armor } = await load();
  const encrypter = new Encrypter();
  recipients.forEach((recipient) => encrypter.addRecipient(recipient));
  return "```phieu-kin\n" + armor.encode(await encrypter.encrypt(text)).trim() + "\n```\n";
}
