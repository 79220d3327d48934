/** The stretch of time that is looked at, as the address has it. */

/**
 * @param {string | undefined} text such as 1000.000~2500.000, in milliseconds behind the timeline's base
 * @returns {[number, number] | undefined}
 */
export function stretch(text) {
  const [from, to] = (text ?? '').split('~').map(Number);
  return text && Number.isFinite(from) && to > from ? [from, to] : undefined;
}

/** @param {number[] | undefined} shown */
export function written(shown) {
  return shown ? shown.map(time => time.toFixed(3)).join('~') : '';
}
