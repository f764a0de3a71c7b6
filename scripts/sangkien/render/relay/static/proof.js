// The proof of work that keeps machines from flooding the office: ALTCHA's own workers, or slower without them.
import { words } from "./words.js";

const PATIENCE = 180000, MARGIN = 20;

export class Proof {
  constructor(said) {
    Object.assign(this, { said, working: null });
  }

  /** Begin in the background; doing so twice is doing it once. */
  start() {
    if (!this.working) {
      this.said.textContent = words.checking;
      this.working = solved().then((proof) => {
        this.said.textContent = words.checked;
        return proof;
      });
      this.working.catch(() => {
        this.working = null;
        this.said.textContent = words.check_failed;
      });
    }
    return this.working;
  }

  /** Give a proof that is still good; each is good for one sending. */
  async take() {
    for (;;) {
      const proof = await this.start();
      this.working = null;
      if (!proof.expires || proof.expires - MARGIN > Date.now() / 1000) return proof.payload;
    }
  }
}

async function solved() {
  const answer = await fetch("/thu-thach", { cache: "no-store" });
  if (!answer.ok) throw new Error("no challenge");
  const challenge = await answer.json();
  const solution = await inWorkers(challenge).catch(() => inPage(challenge));
  if (!solution) throw new Error("no solution");
  return { payload: btoa(JSON.stringify({ challenge, solution })), expires: challenge.parameters.expiresAt };
}

function inWorkers(challenge) {
  const many = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 1));
  const name = challenge.parameters.algorithm.startsWith("PBKDF2/") ? "altcha-pbkdf2.js" : "altcha-sha.js";
  const workers = [];
  return new Promise((resolve, reject) => {
    if (!window.Worker || !window.crypto || !crypto.subtle) throw new Error("no workers");
    for (let place = 0; place < many; place += 1) {
      const worker = new Worker(new URL(name, import.meta.url));
      workers.push(worker);
      worker.onmessage = ({ data }) => (data && data.derivedKey ? resolve(data) : reject(new Error("not solved")));
      worker.onerror = reject;
      worker.postMessage({ type: "work", challenge, counterStart: place, counterStep: many, timeout: PATIENCE });
    }
  }).finally(() => workers.forEach((worker) => worker.terminate()));
}

/** The same sum in the page itself, resting between steps so that it stays alive. */
async function inPage({ parameters }) {
  const { pbkdf2Async, sha256, sha384, sha512 } = await import("./hashes.js");
  const { algorithm, nonce, salt, keyPrefix, keyLength = 32, cost } = parameters;
  const hash = { "SHA-512": sha512, "SHA-384": sha384 }[algorithm.replace("PBKDF2/", "")] || sha256;
  const start = performance.now(), saltBytes = bytes(salt), password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  const view = new DataView(password.buffer);
  for (let counter = 0; performance.now() - start < PATIENCE; counter += 1) {
    view.setUint32(password.length - 4, counter, false);
    const key = algorithm.startsWith("PBKDF2/")
      ? await pbkdf2Async(hash, password, saltBytes, { c: cost, dkLen: keyLength })
      : repeated(hash, new Uint8Array([...saltBytes, ...password]), cost, keyLength);
    const derivedKey = hex(key);
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey, time: performance.now() - start };
    if (counter % 10 === 9) await new Promise((resolve) => setTimeout(resolve));
  }
  return null;
}

function repeated(hash, first, times, keyLength) {
  let data = first;
  for (let turn = 0; turn < Math.max(1, times); turn += 1) data = hash(data).slice(0, keyLength);
  return data;
}

const bytes = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
