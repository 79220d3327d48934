/** Expectation windows: a row for each part of a verdict, those first that need a look. */
import { since } from './instant.js';

/**
 * @typedef {object} ToldSighting
 * @property {string} event_id
 * @property {string} service
 * @property {string} type
 * @property {string} occurred_at
 *
 * @typedef {object} ToldFinding
 * @property {string} name
 * @property {string} kind EFFECT, FORBIDDEN, STEADY or SLA
 * @property {string} state MET, MISSED, OPEN or UNCERTAIN
 * @property {number} limit seconds
 * @property {string} at
 * @property {string} reason
 * @property {ToldSighting[]} sightings
 * @property {{why: string, by: number, explanation: string, event: ToldSighting}} [nearest_miss]
 * @property {{from: string, to: string}} [window]
 *
 * @typedef {object} ToldVerdict
 * @property {string} id
 * @property {string} expectation
 * @property {string} status
 * @property {boolean} critical
 * @property {string} scenario_id
 * @property {string} trigger_id
 * @property {string} triggered_at
 * @property {string} decided_at
 * @property {string} deadline
 * @property {string} reason
 * @property {ToldFinding[]} findings
 *
 * @typedef {object} Band times in milliseconds behind the base
 * @property {ToldVerdict} verdict
 * @property {ToldFinding} finding
 * @property {boolean} leads whether it is the first of its verdict
 * @property {number} from
 * @property {number} to
 * @property {number[]} sightings
 * @property {number} [miss] when the event occurred that came nearest
 */

const ORDER = ['FAILED', 'INCONCLUSIVE', 'PENDING', 'PASSED'];

/** More rows than this push the lanes out of sight. */
export const MAX_BANDS = 14;

/**
 * @param {ToldVerdict[]} verdicts
 * @param {number} base
 * @returns {{bands: Band[], left: ToldVerdict[]}} and the verdicts that have no row
 */
export function bands(verdicts, base) {
  const ordered = [...verdicts].sort(
    (a, b) =>
      ORDER.indexOf(a.status) - ORDER.indexOf(b.status) ||
      Number(b.critical) - Number(a.critical) ||
      a.triggered_at.localeCompare(b.triggered_at),
  );
  /** @type {Band[]} */
  const found = [];
  const left = [];
  for (const verdict of ordered) {
    if (found.length && found.length + verdict.findings.length > MAX_BANDS) left.push(verdict);
    else verdict.findings.forEach((finding, i) => found.push(band(verdict, finding, i === 0, base)));
  }
  return {bands: found, left};
}

/**
 * @param {ToldVerdict} verdict
 * @param {ToldFinding} finding
 * @param {boolean} leads
 * @param {number} base
 * @returns {Band}
 */
function band(verdict, finding, leads, base) {
  // A limit between two steps has no window until the first of them has come.
  const begins = finding.kind === 'SLA' ? finding.at : verdict.triggered_at;
  const from = since(base, finding.window?.from ?? begins);
  const lasts = finding.kind === 'SLA' ? 0 : finding.limit * 1000;
  return {
    verdict,
    finding,
    leads,
    from,
    to: finding.window ? since(base, finding.window.to) : from + lasts,
    sightings: finding.sightings.map(sighting => since(base, sighting.occurred_at)),
    miss: finding.nearest_miss && since(base, finding.nearest_miss.event.occurred_at),
  };
}

/**
 * The words behind the end of a band.
 * @param {Band} band
 */
export function verdictText({finding}) {
  if (finding.nearest_miss) return `${finding.name} ${finding.nearest_miss.explanation}`;
  return `${finding.name} ${finding.reason}`;
}

/** What a state is called, and drawn as. @type {Record<string, {word: string, sign: string, token: string}>} */
export const STATES = {
  MET: {word: 'met', sign: '✓', token: '--passed'},
  MISSED: {word: 'missed', sign: '✗', token: '--failed'},
  OPEN: {word: 'open', sign: '…', token: '--pending'},
  UNCERTAIN: {word: 'uncertain', sign: '?', token: '--inconclusive'},
};

/** @type {Record<string, {sign: string, token: string}>} */
export const STATUSES = {
  PASSED: {sign: '✓', token: '--passed'},
  FAILED: {sign: '✗', token: '--failed'},
  PENDING: {sign: '…', token: '--pending'},
  INCONCLUSIVE: {sign: '?', token: '--inconclusive'},
};
