/** How long the page takes, for whoever measures it: the last of each name is kept. */

/**
 * @param {string} name
 * @param {string | number} since a mark, or a time of `performance.now()`
 */
export function measure(name, since) {
  performance.clearMeasures(name);
  performance.measure(name, { start: since });
}
