/**
 * What of a lane is to be seen. Where more events fall on a stretch than it has room for, they are
 * counted for each column of pixels, so that drawing costs what the screen is wide.
 */

/** Fewer pixels than this for each event, and marks cover each other. */
const ROOM = 3.5;

/**
 * The events of a lane that are in view: the first and behind the last.
 * @param {Int32Array} events of a lane, in the order of time
 * @param {Float64Array} places of all events on the folded scale
 * @param {number} from
 * @param {number} to
 * @returns {[number, number]}
 */
export function inView(events, places, from, to) {
  return [firstAtLeast(events, places, from), firstAtLeast(events, places, to)];
}

/**
 * @param {Int32Array} events
 * @param {Float64Array} places
 * @param {number} place
 */
function firstAtLeast(events, places, place) {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[events[middle]] >= place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Whether so many events are to be counted rather than drawn.
 * @param {number} count
 * @param {number} width pixels
 */
export function isDense(count, width) {
  return count > 200 && count * ROOM > width;
}

/**
 * @typedef {object} Columns
 * @property {Uint32Array} counts by severity, then column: `counts[severity * width + column]`
 * @property {Uint32Array} totals of each column
 * @property {number} width
 * @property {number} most in a column
 */

/**
 * Counts events for each column of pixels.
 * @param {Int32Array} events of a lane
 * @param {Float64Array} places
 * @param {Uint8Array} severity
 * @param {{from: number, factor: number, width: number}} view
 * @returns {Columns}
 */
export function columns(events, places, severity, view) {
  const width = Math.max(1, Math.ceil(view.width));
  const counts = new Uint32Array(5 * width);
  const totals = new Uint32Array(width);
  let most = 0;
  for (const i of events) {
    const column = Math.min(width - 1, Math.max(0, Math.floor((places[i] - view.from) * view.factor)));
    counts[severity[i] * width + column]++;
    most = Math.max(most, ++totals[column]);
  }
  return {counts, totals, width, most};
}

/**
 * How high a column stands: by the logarithm, so that one event among thousands is still seen.
 * @param {number} count
 * @param {number} most
 */
export function share(count, most) {
  return count === 0 ? 0 : Math.log1p(count) / Math.log1p(most);
}
