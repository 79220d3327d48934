// Where the events of two runs stand: one axis for both, a lane for each service.

/** @typedef {import('./load.js').Event} Event */
/** @typedef {import('./load.js').Difference} Difference */
/** @typedef {import('./load.js').Step} Step */
/** @typedef {{from: number, to: number}} Axis seconds from the anchors */
/** @typedef {{event: Event, kind: string, left: number, width: number}} Mark parts of the axis, from 0 to 1 */

/**
 * An axis on which everything of both runs is, with a little room on both sides.
 * @param {Event[]} events
 * @returns {Axis}
 */
export function axis(events) {
  let from = 0;
  let to = 0;
  for (const each of events) {
    from = Math.min(from, each.at);
    to = Math.max(to, each.at + each.duration);
  }
  const room = Math.max((to - from) * 0.02, 1e-6);
  return { from: from - room, to: to + room };
}

/**
 * @param {Axis} axis
 * @param {number} at seconds
 */
export function place(axis, at) {
  return (at - axis.from) / (axis.to - axis.from);
}

/**
 * Round times within an axis.
 * @param {Axis} axis
 * @param {number} most
 */
export function ticks(axis, most) {
  const least = (axis.to - axis.from) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5, 10].find(each => each * power >= least) ?? 10);
  const found = [];
  for (let i = Math.ceil(axis.from / step); i * step <= axis.to; i++) {
    found.push(i * step);
  }
  return found;
}

/**
 * The services in the order in which they come into the runs.
 * @param {Event[]} baseline
 * @param {Event[]} run
 */
export function services(baseline, run) {
  return [...new Set([...baseline, ...run].map(each => each.service))];
}

/**
 * The marks of a lane, each with how its kind of event differs, if this run is where one sees it: what is missing in
 * the baseline, everything else in the run.
 * @param {Event[]} events of one run
 * @param {string} service
 * @param {Axis} on
 * @param {Map<string, Difference>} differences by `keyOf`
 * @param {boolean} isBaseline
 * @returns {Mark[]}
 */
export function marks(events, service, on, differences, isBaseline) {
  return events.filter(each => each.service === service).map(event => {
    const kind = differences.get(keyOf(event))?.kind ?? '';
    return {
      event,
      kind: (kind === 'missing') === isBaseline ? kind : '',
      left: place(on, event.at),
      width: place(on, event.at + event.duration) - place(on, event.at),
    };
  });
}

/** @param {{service: string, type: string, operation?: string}} step */
export function keyOf(step) {
  return JSON.stringify([step.service, step.type, step.operation ?? '']);
}

/**
 * The first difference of each kind of event; there may be others, as of one that is later and missing once.
 * @param {Difference[]} differences
 */
export function byStep(differences) {
  /** @type {Map<string, Difference>} */
  const found = new Map();
  for (const each of differences) {
    const key = keyOf(each.step);
    if (!found.has(key)) {
      found.set(key, each);
    }
  }
  return found;
}
