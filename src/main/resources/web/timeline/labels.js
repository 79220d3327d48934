/** Which marks have room for their names. */

/**
 * @typedef {object} Wanted
 * @property {number} event
 * @property {number} x where the name would begin
 * @property {number} width
 * @property {number} merit the greater is placed first
 */

/**
 * Places names on one line so that none covers another: the most important first.
 * @template {Wanted} W
 * @param {W[]} wanted
 * @param {number} right where the line ends
 * @returns {W[]}
 */
export function placed(wanted, right) {
  const found = [];
  /** @type {{from: number, to: number}[]} */
  const taken = [];
  for (const each of [...wanted].sort((a, b) => b.merit - a.merit || a.x - b.x)) {
    const to = each.x + each.width + 8;
    if (to <= right + 8 && isFree(taken, each.x, to)) {
      taken.splice(behind(taken, each.x), 0, {from: each.x, to});
      found.push(each);
    }
  }
  return found;
}

/**
 * @param {{from: number, to: number}[]} taken in order
 * @param {number} from
 * @param {number} to
 */
function isFree(taken, from, to) {
  const next = behind(taken, from);
  return (next === 0 || taken[next - 1].to <= from) && (next === taken.length || taken[next].from >= to);
}

/**
 * @param {{from: number, to: number}[]} taken
 * @param {number} from
 */
function behind(taken, from) {
  const found = taken.findIndex(each => each.from > from);
  return found < 0 ? taken.length : found;
}
