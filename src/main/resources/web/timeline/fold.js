/**
 * Which idle stretches of a timeline are folded. A picture of an hour in which two bursts of a
 * second happened shows two strokes; without what is between them it shows what happened.
 *
 * Gaps between events fall into classes: a class ends where the next gap is clearly shorter. The
 * classes of the longest gaps are folded one after the other, as long as what happens is too dense
 * to be read and there is still something to win; so a steady beat is never folded.
 */

/**
 * @typedef {object} Gap
 * @property {number} from the end of what happened before
 * @property {number} to the start of what happens next
 */

/** Events nearer to each other than this share of the picture cannot be told apart. */
const NEAR = 1 / 120;
/** So many of the distances may be near before folding is worth it. */
const CROWDED = 0.15;
/** The next class begins with a gap shorter than this share of the one before. */
const CLASS = 0.6;
/** A gap shorter than this share of what is not folded stays. */
const WORTH = 1 / 25;
/** More folds than this are a picture of folds. */
const MAX_FOLDS = 30;
/** A class is folded if it is this share of the time that is left. */
const IDLE = 0.4;

/**
 * The idle stretches between intervals.
 * @param {ArrayLike<number>} starts in the order of time
 * @param {ArrayLike<number>} durations
 * @returns {Gap[]} in the order of time
 */
export function gaps(starts, durations) {
  const found = [];
  let until = starts.length ? starts[0] : 0;
  for (let i = 0; i < starts.length; i++) {
    if (starts[i] > until) {
      found.push({ from: until, to: starts[i] });
    }
    until = Math.max(until, starts[i] + durations[i]);
  }
  return found;
}

/**
 * Which of them to fold.
 * @param {Gap[]} all
 * @param {number} total the length of the whole timeline
 * @returns {Gap[]} in the order of time
 */
export function folded(all, total) {
  const longest = [...all].sort((a, b) => length(b) - length(a));
  let left = total;
  let taken = 0;
  while (taken < longest.length && isCrowded(longest, taken, left)) {
    const end = classEnd(longest, taken);
    const sum = longest.slice(taken, end).reduce((total, gap) => total + length(gap), 0);
    if (end > MAX_FOLDS || length(longest[end - 1]) < left * WORTH || sum < left * IDLE) break;
    left -= sum;
    taken = end;
  }
  return longest.slice(0, taken).sort((a, b) => a.from - b.from);
}

/** @param {Gap} gap */
function length(gap) {
  return gap.to - gap.from;
}

/**
 * @param {Gap[]} longest
 * @param {number} from
 */
function classEnd(longest, from) {
  let end = from + 1;
  while (end < longest.length && length(longest[end]) >= length(longest[end - 1]) * CLASS) end++;
  return end;
}

/**
 * @param {Gap[]} longest
 * @param {number} taken
 * @param {number} left
 */
function isCrowded(longest, taken, left) {
  const near = longest.length - firstShorter(longest, left * NEAR);
  return near > (longest.length - taken) * CROWDED;
}

/**
 * @param {Gap[]} longest
 * @param {number} size
 */
function firstShorter(longest, size) {
  let low = 0;
  let high = longest.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (length(longest[middle]) < size) high = middle;
    else low = middle + 1;
  }
  return low;
}
