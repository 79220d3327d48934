// What two runs are compared by, as the service answers.
import { get, omissions, pages } from '../service.js';

/** @typedef {import('../service.js').Omission} Omission */

/** So many events of each run are drawn. */
export const MAX_DRAWN = 2000;

/** So many runs can be chosen of. */
const MAX_RUNS = 500;

/**
 * @typedef {{service: string, type: string, operation?: string}} Step
 * @typedef {{kind: string, step: Step, before?: Step, count: number, baseline_min: number, baseline_max: number,
 *     first?: number, baseline_first?: number, sentence: string}} Difference
 * @typedef {{scenario_id: string, events: number, aligned_by: string, anchor_id: string, anchor_at: string,
 *     expectation: string, complete: boolean, still_open: string, sentence: string, incomplete?: Omission[]}} Run
 * @typedef {{signal: string, place: number, sentence: string}} Evidence
 * @typedef {{service: string, score: number, evidence: Evidence[]}} Suspect
 * @typedef {{most_likely: string, reason: string, sentence: string, quiet_sentence: string, suspects: Suspect[]}} Ranking
 * @typedef {{count: number, p50: number, p90: number}} Times
 * @typedef {{name: string, run?: Times, baseline?: Times, ratio?: number}} Shift
 * @typedef {{events: number, errors: number, warnings: number}} Counts
 * @typedef {{run: Run, baselines: Run[], same: boolean, complete: boolean, ranking: Ranking, differences: Difference[],
 *     hop_changes: {from: string, to: string, count: number, baseline_count: number, sentence: string}[],
 *     rates: {service: string, run: Counts, baseline: Counts}[],
 *     messages: {service: string, template: string, count: number, baseline_count: number}[],
 *     own_times: Shift[], durations: Shift[], rules: Shift[], hops: Shift[], incomplete?: Omission[],
 *     links_progress: {behind: number}, verdicts_progress: {behind: number}}} Comparison
 * @typedef {{id: string, service: string, type: string, operation: string, severity: string, at: number, duration: number}} Event
 *     times in seconds from the anchor
 * @typedef {{comparison: Comparison, run: Event[], baseline: Event[], incomplete: Omission[]}} Compared
 */

/**
 * @param {string} run
 * @param {string} baseline ids with commas between
 * @param {AbortSignal} signal
 * @returns {Promise<Compared>}
 */
export async function load(run, baseline, signal) {
  /** @type {Comparison} */
  const comparison = await get('/api/v1/comparisons', { run, baseline }, signal);
  const [own, other] = [comparison.run, comparison.baselines[0]];
  const [first, second] = await Promise.all([events(own, signal), events(other, signal)]);
  return {
    comparison,
    run: first.events,
    baseline: second.events,
    incomplete: [
      ...omissions(comparison),
      ...[own, ...comparison.baselines].flatMap(each => named(each)),
      ...first.incomplete,
      ...second.incomplete,
      ...behind('Links', comparison.links_progress),
    ],
  };
}

/** @param {AbortSignal} signal */
export async function runs(signal) {
  const all = await pages('/api/v1/scenarios', {}, 'scenarios', MAX_RUNS, signal);
  return all.items.map(each => /** @type {string} */ (each.scenario_id));
}

/** @param {Run} run */
function named(run) {
  return omissions(run).map(each => ({ ...each, explanation: run.scenario_id + ': ' + each.explanation }));
}

/**
 * @param {string} what
 * @param {{behind: number}} progress
 * @returns {Omission[]}
 */
function behind(what, progress) {
  return progress.behind > 0
    ? [{ bound: 'PROGRESS', explanation: what + ' are ' + progress.behind + ' events behind the log.' }] : [];
}

/**
 * The events of a run that are drawn.
 * @param {Run} run
 * @param {AbortSignal} signal
 * @returns {Promise<{events: Event[], incomplete: Omission[]}>}
 */
async function events(run, signal) {
  const answer = await get('/api/v1/events', { scenario_id: run.scenario_id, order: 'oldest_first', limit: 1000 }, signal);
  const all = [...answer.events];
  let token = answer.next_page_token;
  while (token && all.length < MAX_DRAWN) {
    const next = await get('/api/v1/events',
      { scenario_id: run.scenario_id, order: 'oldest_first', limit: 1000, page_token: token }, signal);
    all.push(...next.events);
    token = next.next_page_token;
  }
  const incomplete = token
    ? [{ bound: 'LIST_SIZE', explanation: run.scenario_id + ': the first ' + all.length + ' events are drawn; there are more.' }] : [];
  return { events: all.filter(each => each.author !== 'own').map(each => event(each, run)), incomplete };
}

/**
 * @param {any} told
 * @param {Run} run
 * @returns {Event}
 */
function event(told, run) {
  return {
    id: told.id,
    service: told.service,
    type: told.type,
    operation: String(told.attributes?.operation ?? ''),
    severity: told.severity,
    at: seconds(run.anchor_at, told.occurred_at),
    duration: (told.duration ?? 0) / 1e9,
  };
}

/**
 * Seconds from one time of RFC 3339 to another, exact to the nanosecond.
 * @param {string} from
 * @param {string} to
 */
export function seconds(from, to) {
  return Number(nanos(to) - nanos(from)) / 1e9;
}

/** @param {string} time */
function nanos(time) {
  const [, whole, part = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(time) ?? ['', time];
  return BigInt(Date.parse(whole + 'Z')) * 1_000_000n + BigInt(part.padEnd(9, '0').slice(0, 9));
}
