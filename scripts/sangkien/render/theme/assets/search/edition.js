// The files of the search, fetched once each and counted, so that no question costs more than a weak phone can bear.

import { lineOf, shardOf } from "./lists.js";

export const MOST = 58000; // bytes one question may fetch, the catalogue included

export class Edition {
  // `anew` asks past what the browser has kept: a newer edition may have taken the place of the one it knew.
  static async open(root, anew = false) {
    const edition = new Edition(root);
    edition.catalogue = JSON.parse(await edition.fetched("muc-luc.json", anew ? "reload" : "default"));
    edition.common = {};
    for (const [space, written] of Object.entries(edition.catalogue.common)) {
      const pairs = [...written.matchAll(/([a-z0-9]+)([A-Z])/g)];
      edition.common[space] = new Map(pairs.map(([, key, size]) => [key, 0.75 * 2 ** (size.charCodeAt(0) - 64)]));
    }
    return edition;
  }

  constructor(root) {
    this.root = root;
    this.kept = new Map();
    this.bytes = 0;
  }

  // A new question may fetch as much anew; what is there already costs nothing.
  begin() {
    this.bytes = 0;
  }

  left(most = MOST) {
    return most - this.bytes;
  }

  async fetched(path, cache = "default") {
    const answer = await fetch(new URL(path, this.root), { credentials: "omit", cache });
    if (!answer.ok) throw new Error(`${answer.status} ${path}`);
    const data = await answer.arrayBuffer();
    this.bytes += data.byteLength;
    return new TextDecoder().decode(data);
  }

  text(path) {
    if (!this.kept.has(path)) {
      const asked = this.fetched(`${this.catalogue.edition}/${path}`);
      asked.catch(() => this.kept.delete(path)); // so that it may be asked for again
      this.kept.set(path, asked);
    }
    return this.kept.get(path);
  }

  async line(key) {
    const { lists } = this.catalogue;
    return lists ? lineOf(await this.text(`chu/${shardOf(key, lists)}.txt`), key) : null;
  }

  async facets(key) {
    return lineOf(await this.text(`loc/${shardOf(key, this.catalogue.sorted)}.txt`), key);
  }

  async whole(key) {
    return lineOf(await this.text(`du/${key}.txt`), key);
  }

  // Tell which row is of a code; undefined when none is.
  async numberOf(code) {
    return JSON.parse(await this.text(`ma/${shardOf(code, this.catalogue.codes)}.json`))[code];
  }

  // The rows of a folder travel together, so many to a file.
  block(folder, place) {
    return `${folder}/${Math.floor(place / this.catalogue.together[folder])}.json`;
  }

  has(folder, place) {
    return this.kept.has(this.block(folder, place));
  }

  async row(folder, place) {
    return JSON.parse(await this.text(this.block(folder, place)))[place % this.catalogue.together[folder]];
  }
}
