/** How sure the time of an event is. */

/**
 * @typedef {object} ToldClock seconds
 * @property {string} service
 * @property {string} reference
 * @property {number} offset by which it is taken to be ahead
 * @property {number} [least]
 * @property {number} [most]
 * @property {boolean} contradictory
 *
 * @typedef {object} Whisker milliseconds before and behind the time that is shown
 * @property {number} before
 * @property {number} behind
 */

/**
 * The whiskers of each service. A clock that is taken to be right is right to within the
 * tolerance. One whose events only make sense if it is wrong may be off by anything between its
 * bounds, where both are known.
 * @param {string[]} services
 * @param {ToldClock[]} clocks
 * @param {number} tolerance seconds
 * @param {boolean} corrected whether corrected times are shown
 * @returns {Whisker[]}
 */
export function whiskers(services, clocks, tolerance, corrected) {
  const known = new Map(clocks.map(clock => [clock.service, clock]));
  return services.map(service => whisker(known.get(service), tolerance * 1000, corrected));
}

/**
 * @param {ToldClock | undefined} clock
 * @param {number} tolerance
 * @param {boolean} corrected
 * @returns {Whisker}
 */
function whisker(clock, tolerance, corrected) {
  if (!clock || clock.offset === 0) return {before: tolerance, behind: tolerance};
  const shown = corrected ? clock.offset : 0;
  const least = clock.least ?? clock.offset;
  const most = clock.most ?? clock.offset;
  return {
    before: Math.max(tolerance, (most - shown) * 1000),
    behind: Math.max(tolerance, (shown - least) * 1000),
  };
}

/**
 * What is known of the clocks that are not taken to be right, for people.
 * @param {ToldClock[]} clocks
 * @param {(milliseconds: number) => string} spoken
 */
export function remarks(clocks, spoken) {
  return clocks.filter(clock => clock.offset !== 0 || clock.contradictory).map(clock => {
    if (clock.contradictory) return `the clock of ${clock.service} contradicts itself and is not corrected`;
    const side = clock.offset < 0 ? 'behind' : 'ahead of';
    return `the clock of ${clock.service} is taken to be ${spoken(Math.abs(clock.offset) * 1000)} ${side} that of ${clock.reference}`;
  });
}
