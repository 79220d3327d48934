/**
 * From time to place and back. Time runs evenly, except that a folded gap is as wide as any other.
 * A place is a number of "folded milliseconds" from the start; the view cuts a stretch out of them
 * and spreads it over so many pixels.
 */

/** @typedef {import('./fold.js').Gap} Gap */

/** A folded gap is this share of the whole as wide; all of them together never more than half. */
const FOLD_SHARE = 0.028;

export class Folding {
  /**
   * @param {number} start of the timeline
   * @param {number} end
   * @param {Gap[]} folds in the order of time, between start and end
   */
  constructor(start, end, folds) {
    // What is shown may be a millionth of the whole: a difference of the two would be wrong by as much.
    const edges = [start, ...folds.flatMap(fold => [fold.from, fold.to]), end];
    const sum = edges.reduce((total, edge, i) => total + (i % 2 ? edge - edges[i - 1] : 0), 0);
    const shown = Math.max(sum, 1e-6);
    const share = Math.min(FOLD_SHARE, 0.5 / Math.max(1, folds.length));
    this.start = start;
    this.folds = folds;
    this.foldWidth = folds.length ? (shown * share) / (1 - share * folds.length) : 0;
    /** The places at which folds begin. */
    this.places = new Float64Array(folds.length);
    let place = 0;
    let before = start;
    folds.forEach((fold, i) => {
      place += fold.from - before;
      this.places[i] = place;
      place += this.foldWidth;
      before = fold.to;
    });
    this.length = shown + this.foldWidth * folds.length;
  }

  /** @param {number} time @returns {number} the place */
  place(time) {
    const i = lastNotAfter(this.folds.length, k => this.folds[k].from <= time);
    if (i < 0) return time - this.start;
    const fold = this.folds[i];
    if (time >= fold.to) return this.places[i] + this.foldWidth + (time - fold.to);
    return this.places[i] + (this.foldWidth * (time - fold.from)) / (fold.to - fold.from);
  }

  /** @param {number} place @returns {number} the time */
  time(place) {
    const i = lastNotAfter(this.folds.length, k => this.places[k] <= place);
    if (i < 0) return this.start + place;
    const fold = this.folds[i];
    const into = place - this.places[i];
    // What rounding puts just before the end of a fold would come out long before it.
    if (into >= this.foldWidth - this.length * 1e-12) return fold.to + Math.max(0, into - this.foldWidth);
    return fold.from + (into / this.foldWidth) * (fold.to - fold.from);
  }
}

/**
 * @param {number} count
 * @param {(i: number) => boolean} holds true up to some place
 */
function lastNotAfter(count, holds) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The stretch of places that is shown, and over how many pixels. Immutable. */
export class View {
  /**
   * @param {number} from the first place
   * @param {number} to the last
   * @param {number} left where the picture begins, in pixels
   * @param {number} width of the picture, in pixels
   */
  constructor(from, to, left, width) {
    this.from = from;
    this.to = to;
    this.left = left;
    this.width = width;
    this.factor = width / Math.max(to - from, 1e-9);
  }

  /** @param {number} place */
  x(place) {
    return this.left + (place - this.from) * this.factor;
  }

  /** @param {number} x */
  place(x) {
    return this.from + (x - this.left) / this.factor;
  }

  /**
   * The same, magnified around a place that stays where it is.
   * @param {number} by over 1 to look closer
   * @param {number} around
   * @param {number} length of all places
   */
  zoomed(by, around, length) {
    const size = Math.min(Math.max((this.to - this.from) / by, 1e-6), length * (1 + 2 * MARGIN));
    const share = (around - this.from) / (this.to - this.from || 1);
    return this.at(around - share * size, size, length);
  }

  /**
   * The same, moved by a share of its width.
   * @param {number} share
   * @param {number} length of all places
   */
  moved(share, length) {
    const size = this.to - this.from;
    return this.at(this.from + share * size, size, length);
  }

  /**
   * @param {number} from
   * @param {number} size
   * @param {number} length
   */
  at(from, size, length) {
    const most = length * (1 + MARGIN) - size;
    const least = -length * MARGIN;
    const kept = Math.max(least, Math.min(from, most));
    return new View(kept, kept + size, this.left, this.width);
  }
}

/** So much is left free on both sides of the whole, so that no mark is cut. */
export const MARGIN = 0.02;

/**
 * All of it.
 * @param {number} length of all places
 * @param {number} left
 * @param {number} width
 */
export function whole(length, left, width) {
  return new View(-length * MARGIN, length * (1 + MARGIN), left, width);
}
