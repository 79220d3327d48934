// The newest of what comes, and how many went out of it.

/** @template T */
export class Ring {
  /** @param {number} size */
  constructor(size) {
    this.size = size;
    /** @type {T[]} */
    this.slots = [];
    /** how many came */
    this.came = 0;
  }

  /** @param {T} item */
  add(item) {
    this.slots[this.came % this.size] = item;
    this.came++;
  }

  /** How many are not here any more. */
  get dropped() {
    return Math.max(0, this.came - this.size);
  }

  /**
   * The newest, the newest first.
   * @param {number} most
   * @returns {T[]}
   */
  newest(most) {
    const count = Math.min(most, this.slots.length);
    return Array.from({ length: count }, (_, i) => this.slots[(this.came - 1 - i) % this.size]);
  }
}
