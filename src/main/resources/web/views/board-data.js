// What the board makes of verdicts: which are shown, in which groups, and which of them flake.

/**
 * An event that a verdict names.
 * @typedef {{event_id: string, service: string, type: string, occurred_at: string, delay: number}} Sighting
 * @typedef {{why: string, by: number, event: Sighting, explanation: string}} Miss
 * @typedef {{name: string, kind: string, state: string, limit: number, at: string, reason: string,
 *     sightings: Sighting[], nearest_miss?: Miss}} Finding
 * @typedef {{id: string, version: number, expectation: string, expectation_version: string, scenario: string,
 *     critical: boolean, scenario_id: string, trigger_id: string, triggered_at: string, status: string, final: boolean,
 *     late_by: number, decided_at: string, deadline: string, reason: string, findings: Finding[], versions?: Verdict[]}} Verdict
 * @typedef {{name: string, scenario: string, critical: boolean, exercised: boolean,
 *     tally?: {results: Record<string, number>}}} Covered
 * @typedef {{run: string, scenario: string, latest: string, verdicts: Verdict[], counts: Map<string, number>}} Group
 */

/** The worst first. */
export const STATUSES = ['FAILED', 'INCONCLUSIVE', 'PENDING', 'PASSED'];

/**
 * Takes a verdict into those that are known; an older version of it, or the same, gives way.
 * @param {Map<string, Verdict>} known by their ids
 * @param {Verdict} verdict
 */
export function take(known, verdict) {
  const old = known.get(verdict.id);
  if (!old || old.version < verdict.version || (old.version === verdict.version && !old.final)) {
    known.set(verdict.id, verdict);
  }
}

/**
 * The services that an occurrence has events of.
 * @param {Verdict} verdict
 * @returns {string[]}
 */
export function services(verdict) {
  const names = verdict.findings.flatMap(finding => [
    ...finding.sightings.map(each => each.service),
    ...(finding.nearest_miss ? [finding.nearest_miss.event.service] : []),
  ]);
  return [...new Set(names)].sort();
}

/**
 * Whether a verdict is one that is asked for.
 * @param {Verdict} verdict
 * @param {Record<string, string>} state status, expectation, service, run; empty is any
 */
export function isWanted(verdict, state) {
  return (!state.status || verdict.status === state.status)
    && (!state.expectation || verdict.expectation === state.expectation)
    && (!state.run || verdict.scenario_id === state.run)
    && (!state.service || services(verdict).includes(state.service));
}

/**
 * By run, and where there is none by the kind of scenario: the newest first, in a run the worst first.
 * @param {Verdict[]} verdicts
 * @returns {Group[]}
 */
export function groups(verdicts) {
  /** @type {Map<string, Group>} */
  const found = new Map();
  for (const verdict of verdicts) {
    const key = verdict.scenario_id ? 'run ' + verdict.scenario_id : 'kind ' + verdict.scenario;
    /** @type {Group} */
    const group = found.get(key)
      ?? { run: verdict.scenario_id, scenario: verdict.scenario, latest: '', verdicts: [], counts: new Map() };
    found.set(key, group);
    group.verdicts.push(verdict);
    group.latest = verdict.triggered_at > group.latest ? verdict.triggered_at : group.latest;
    group.counts.set(verdict.status, (group.counts.get(verdict.status) ?? 0) + 1);
  }
  const all = [...found.values()].sort((a, b) => compare(b.latest, a.latest));
  all.forEach(group => group.verdicts.sort(inGroup));
  return all;
}

/**
 * @param {Verdict} a
 * @param {Verdict} b
 */
function inGroup(a, b) {
  return STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status)
    || compare(b.triggered_at, a.triggered_at) || compare(a.expectation, b.expectation);
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Those that were triggered last.
 * @param {Iterable<Verdict>} verdicts
 * @param {number} most
 */
export function newest(verdicts, most) {
  return [...verdicts].sort((a, b) => compare(b.triggered_at, a.triggered_at)).slice(0, most);
}

/**
 * How many stand at each status.
 * @param {Iterable<Verdict>} verdicts
 * @returns {Map<string, number>}
 */
export function counts(verdicts) {
  const found = new Map(STATUSES.map(status => [status, 0]));
  for (const verdict of verdicts) {
    found.set(verdict.status, (found.get(verdict.status) ?? 0) + 1);
  }
  return found;
}

/**
 * Why a verdict may flake, in words; empty if nothing speaks for it.
 * @param {Verdict} verdict
 * @param {Map<string, Covered>} covered by expectation
 */
export function flakes(verdict, covered) {
  const results = covered.get(verdict.expectation)?.tally?.results;
  if (results && results.PASSED > 0 && results.FAILED > 0) {
    return 'Differs between runs: ' + results.PASSED + ' passed, ' + results.FAILED + ' failed.';
  }
  return verdict.version > 1 ? 'Was amended: this is version ' + verdict.version + '.' : '';
}

/**
 * Seconds from the trigger to a time.
 * @param {Verdict} verdict
 * @param {string} time
 */
export function after(verdict, time) {
  return (Date.parse(time) - Date.parse(verdict.triggered_at)) / 1000;
}
