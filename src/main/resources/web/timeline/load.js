/** What a timeline is made of, as the service answers. */
import { get, omissions, pages } from '../service.js';
import { Collected } from './model.js';

/** @typedef {import('./model.js').Entry} Entry */
/** @typedef {import('./model.js').Model} Model */
/** @typedef {import('./model.js').ToldLink} ToldLink */
/** @typedef {import('./bands.js').ToldVerdict} ToldVerdict */
/** @typedef {import('../service.js').Omission} Omission */

/** The most that one timeline shows. */
export const MAX_EVENTS = 100_000;
const FIRST_PAGE = 5_000;
const PAGE = 20_000;
const MAX_VERDICTS = 500;
const MAX_CHAIN = 2_000;

/**
 * @typedef {object} Told
 * @property {Model} model
 * @property {import('./clocks.js').ToldClock[]} clocks
 * @property {number} tolerance seconds by which two clocks may differ that are taken to be right
 * @property {ToldVerdict[]} verdicts
 * @property {Omission[]} incomplete
 */

/**
 * The question that a state asks, as parameters of the service; undefined if it asks none.
 * @param {Record<string, string>} state
 * @returns {Record<string, string> | undefined}
 */
export function question(state) {
  const time = { from: state.from ?? '', to: state.to ?? '' };
  if (state.run) {
    return { scenario_id: state.run, ...time };
  }
  if (state.trace) {
    return { trace_id: state.trace, ...time };
  }
  const at = state.key?.indexOf(':') ?? -1;
  if (at > 0) {
    return { [state.key.slice(0, at)]: state.key.slice(at + 1), ...time };
  }
  return state.from && state.to ? time : undefined;
}

/**
 * Asks for a timeline, and hands it over as it grows.
 * @param {Record<string, string>} state
 * @param {(told: Told) => void} show
 * @param {AbortSignal} signal
 */
export async function load(state, show, signal) {
  const asked = question(state);
  if (!asked && !state.event) {
    return;
  }
  const told = asked ? await timeline(asked, show, signal) : await chain(state.event, signal);
  const verdicts = await verdictsOf(told.model, state.run, signal);
  show({ ...told, verdicts: verdicts.found, incomplete: [...told.incomplete, ...verdicts.incomplete] });
}

/**
 * @param {Record<string, string>} asked
 * @param {(told: Told) => void} show
 * @param {AbortSignal} signal
 * @returns {Promise<Told>}
 */
async function timeline(asked, show, signal) {
  const collected = new Collected();
  /** @type {Omission[]} */
  const incomplete = [];
  let token = '';
  let answer;
  do {
    const limit = Math.min(collected.count ? PAGE : FIRST_PAGE, MAX_EVENTS - collected.count);
    answer = await get('/api/v1/timelines', { ...asked, limit, page_token: token, correct_clocks: true }, signal);
    collected.add(answer.entries);
    incomplete.push(...omissions(answer));
    token = answer.next_page_token;
    if (token && collected.count === FIRST_PAGE) {
      show(said(collected, answer, incomplete));
    }
  } while (token && collected.count < MAX_EVENTS);
  if (token) {
    incomplete.push({ bound: 'TIMELINE', explanation: `The timeline goes on behind the ${MAX_EVENTS.toLocaleString('en')} events that are shown; ask for a shorter time.` });
  }
  return said(collected, answer, incomplete);
}

/**
 * @param {Collected} collected
 * @param {any} answer
 * @param {Omission[]} incomplete
 * @returns {Told}
 */
function said(collected, answer, incomplete) {
  return {
    model: collected.model(),
    clocks: answer.clocks ?? [],
    tolerance: answer.clock_tolerance ?? 0,
    verdicts: [],
    incomplete: [...incomplete, ...waiting(answer.links_progress, 'causes')],
  };
}

/**
 * What is still worked in may change the picture.
 * @param {{behind: number} | undefined} progress
 * @param {string} what
 * @returns {Omission[]}
 */
function waiting(progress, what) {
  return progress?.behind
    ? [{ bound: 'PROGRESS', explanation: `The ${what} of the last ${progress.behind} events are still being worked out.` }]
    : [];
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<Told>}
 */
async function chain(id, signal) {
  const answer = await get(`/api/v1/events/${encodeURIComponent(id)}/chain`, { size: MAX_CHAIN }, signal);
  const collected = new Collected();
  collected.add(entriesOf(answer));
  const removed = answer.nodes.filter((/** @type {any} */ node) => !node.event).length;
  const incomplete = omissions(answer);
  if (removed) {
    incomplete.push({ bound: 'RETENTION', left_out: removed, explanation: 'Events of the chain are not kept any more.' });
  }
  return said(collected, answer, incomplete);
}

/**
 * The events of a chain as those of a timeline, each with its causes, the surest first.
 * @param {{nodes: {event?: import('./model.js').ToldEvent}[], links: ToldLink[]}} answer
 * @returns {Entry[]}
 */
export function entriesOf(answer) {
  /** @type {Map<string, ToldLink[]>} */
  const causes = new Map();
  for (const link of [...answer.links].sort((a, b) => b.confidence - a.confidence)) {
    causes.set(link.effect_id, [...(causes.get(link.effect_id) ?? []), link]);
  }
  return answer.nodes
    .flatMap(node => (node.event ? [{ event: node.event, causes: causes.get(node.event.id) ?? [] }] : []))
    .sort((a, b) => (a.event.occurred_at < b.event.occurred_at ? -1 : 1));
}

/**
 * The verdicts of the runs of a timeline whose triggers are in it.
 * @param {Model} model
 * @param {string | undefined} run
 * @param {AbortSignal} signal
 */
async function verdictsOf(model, run, signal) {
  const answers = await Promise.all((run ? [run] : model.runs).map(
    scenario => pages('/api/v1/verdicts', { scenario_id: scenario }, 'verdicts', MAX_VERDICTS, signal)));
  /** @type {ToldVerdict[]} */
  const found = answers.flatMap(answer => answer.items).filter(verdict => run || model.places.has(verdict.trigger_id));
  /** @type {Omission[]} */
  const more = answers.some(answer => answer.more)
    ? [{ bound: 'VERDICTS', explanation: `More than ${MAX_VERDICTS} verdicts: the older ones are not shown.` }] : [];
  const late = answers.flatMap(answer => waiting(answer.last?.verdicts_progress, 'verdicts'));
  return { found, incomplete: [...answers.flatMap(answer => answer.incomplete), ...more, ...late.slice(0, 1)] };
}
