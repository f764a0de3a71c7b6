// A contact is sealed to the office's keys before it leaves the device; age is loaded only then.
let loading = null, tries = 0;

/** Tell whether this browser can seal. */
export const canSeal = () => typeof BigInt === "function" && Boolean(window.crypto && crypto.subtle);

/** Fetch the sealing module; a browser may remember that an address failed, so each further try has one of its own. */
export function load() {
  const again = tries ? `?lan=${tries}` : "";
  loading = loading || import(`./age.js${again}`).catch((error) => {
    loading = null;
    tries += 1;
    throw error;
  });
  return loading;
}

/** Seal a text for every key, as armoured text. */
export async function seal(text, keys) {
  const { Encrypter, armor } = await load();
  const encrypter = new Encrypter();
  keys.forEach((key) => encrypter.addRecipient(key));
  return `${armor.encode(await encrypter.encrypt(text)).trim()}\n`;
}

/** Tell a phone number or an e-mail address from anything else. */
export function isContact(text) {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) || (/^[+\d][\d\s().-]*$/.test(text) && text.replace(/\D/g, "").length >= 9);
}
