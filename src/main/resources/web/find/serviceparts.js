// The sections of one service, or of all.
import { html } from 'lit';
import { table } from '../element.js';
import { href } from '../state.js';
import { clock, duration, line } from '../text.js';
import { none } from './facts.js';

/**
 * What a sender gave, of a door.
 * @typedef {{received: number, stored: number, duplicate: number, conflict: number, in_flight: number, rejected: Record<string, number>}} Counts
 * @typedef {{door: string, source: string, counts: Counts}} Entry
 * @typedef {{name: string, version: string, source?: string, since?: string, definition: any}} InForce
 * @typedef {{name: string, exercised: boolean, tally?: {last_at: string, last_status: string, total: number, results: Record<string, number>,
 *   evidence?: {complete: number, judged: number}}}} Covered
 */

/**
 * The names of services that anything here knows of.
 * @param {Record<string, import('./facts.js').Part>} parts
 */
export function names(parts) {
  return [...new Set([
    ...(parts.status?.answer?.ingest?.ledger ?? []).map((/** @type {Entry} */ each) => each.source),
    ...Object.keys(parts.registry?.answer?.services ?? {}),
    ...(parts.peers?.answer?.peers ?? []).map((/** @type {any} */ each) => each.service),
  ])].sort();
}

/**
 * @param {any} status
 * @param {string} name
 */
export function ledger(status, name) {
  const rows = (status.ingest?.ledger ?? []).filter((/** @type {Entry} */ each) => !name || each.source === name);
  const limited = (status.ingest?.limited ?? []).length;
  return html`${rows.length ? table({
    caption: 'What came since the start: received is stored, duplicate, conflict, rejected and in flight',
    rows,
    columns: [
      { title: 'Service', of: (/** @type {Entry} */ each) => serviceLink(each.source) },
      { title: 'Door', of: (/** @type {Entry} */ each) => line(each.door) },
      ...['received', 'stored', 'duplicate', 'conflict', 'in_flight'].map(count => ({
        title: count.replace('_', ' '), number: true, of: (/** @type {any} */ each) => each.counts[count].toLocaleString('en'),
      })),
      { title: 'rejected', of: (/** @type {Entry} */ each) => Object.entries(each.counts.rejected).map(([why, count]) => line(why) + ' ' + count).join(', ') },
    ],
  }) : none('Nothing came from it since the start.')}${limited ? none('Past limits of callers: ' + limited + ' kinds of refusals; see limited in the status.') : ''}`;
}

/** @param {any} status */
export function lag(status) {
  const checks = (status.health?.checks ?? []).filter((/** @type {any} */ each) => each.name === 'linking' || each.name === 'judging');
  return table({
    caption: 'How far behind the log links and verdicts are',
    rows: checks,
    columns: [
      { title: 'What', of: (/** @type {any} */ each) => line(each.name) },
      { title: 'Status', of: (/** @type {any} */ each) => line(each.status) },
      { title: 'Lag', of: (/** @type {any} */ each) => line(each.data?.lag) },
      { title: 'Warned of past', of: (/** @type {any} */ each) => line(each.data?.lag_warning) },
      { title: 'Events behind', of: (/** @type {any} */ each) => each.data?.behind ?? '', number: true },
      { title: 'Position', of: (/** @type {any} */ each) => each.data?.position ?? '', number: true },
    ],
  });
}

/**
 * Whether a definition names a service anywhere in a pattern.
 * @param {any} definition
 * @param {string} name
 * @returns {boolean}
 */
export function isAbout(definition, name) {
  if (definition === null || typeof definition !== 'object') {
    return false;
  }
  return Object.entries(definition).some(([key, value]) => (key === 'service' && value === name) || isAbout(value, name));
}

/**
 * Those that name a service, else those that hold for any.
 * @param {InForce[]} all
 * @param {string} name
 */
function chosen(all, name) {
  return all.filter(each => !name || isAbout(each.definition, name) || !JSON.stringify(each.definition).includes('"service"'));
}

/**
 * @param {{rules: InForce[]}} answer
 * @param {string} name
 */
export function rules({ rules }, name) {
  const rows = chosen(rules, name);
  return rows.length ? table({
    caption: name ? 'Rules that name it, or no service at all' : 'Rules in force',
    rows,
    columns: [
      { title: 'Rule', of: each => line(each.name) },
      { title: 'Cause', of: each => pattern(each.definition.trigger) },
      { title: 'Effect', of: each => pattern(each.definition.effect) },
      { title: 'Within', of: each => line(each.definition.within) },
      { title: 'Sharing', of: each => (each.definition.join ?? []).map(line).join(', ') },
      { title: 'Written in', of: each => line(each.source) },
    ],
  }) : none('No rule is about it.');
}

/** @param {any} pattern of one event, as definitions have it */
function pattern(pattern) {
  return line([pattern?.service, pattern?.type, pattern?.severity].filter(Boolean).join(' ') || 'any event');
}

/**
 * @param {{expectations: InForce[]}} answer
 * @param {Covered[]} covered
 * @param {string} name
 */
export function expectations({ expectations }, covered, name) {
  const rows = chosen(expectations, name);
  /** @param {InForce} each */
  const tally = each => covered.find(of => of.name === each.name)?.tally;
  return rows.length ? table({
    caption: name ? 'Expectations that name it, or no service at all' : 'Expectations in force',
    rows,
    columns: [
      { title: 'Expectation', of: each => html`<a href=${href({ view: 'board', expectation: each.name })}>${line(each.name)}</a>` },
      { title: 'Scenario', of: each => line(each.definition.scenario) },
      { title: 'Last exercised', of: each => (tally(each) ? clock(tally(each)?.last_at ?? '') : html`<span class="quiet">never</span>`) },
      { title: 'Then', of: each => (tally(each) ? html`<span class="status ${tally(each)?.last_status}">${line(tally(each)?.last_status)}</span>` : '') },
      { title: 'Times', of: each => tally(each)?.total ?? 0, number: true },
      { title: 'Failed', of: each => tally(each)?.results.FAILED ?? 0, number: true },
      { title: 'On complete evidence', of: each => evidence(tally(each)?.evidence), number: true },
    ],
  }) : none('No expectation is about it.');
}

/** @param {{complete: number, judged: number} | undefined} counted */
function evidence(counted) {
  return counted ? counted.complete + ' of ' + counted.judged : '';
}

/** @param {any} delays */
export function hops(delays) {
  return delays.hops.length ? table({
    caption: 'Who caused what in it, and how long it took',
    rows: delays.hops,
    columns: [
      { title: 'From and to', of: (/** @type {any} */ each) => line(each.hop) },
      { title: 'Times', of: (/** @type {any} */ each) => each.delays.count, number: true },
      ...['p50', 'p90', 'p99', 'max'].map(name => ({ title: name, number: true, of: (/** @type {any} */ each) => duration(each.delays[name]) })),
    ],
  }) : none('No event of it has a cause that is known.');
}

/**
 * @param {any} registry
 * @param {string} name
 */
export function instances(registry, name) {
  const rows = Object.entries(registry.services ?? {}).filter(([service]) => !name || service === name)
    .flatMap(([service, instances]) => instances.map((/** @type {any} */ each) => ({ service, ...each })));
  return rows.length ? table({
    caption: 'Instances in the registry',
    rows,
    columns: [
      { title: 'Service', of: each => serviceLink(each.service) },
      { title: 'Instance', of: each => line(each.instance) },
      { title: 'Version', of: each => line(each.version) },
      { title: 'Address', of: each => line(each.host + (each.http_port ? ' http ' + each.http_port : '') + (each.grpc_port ? ' grpc ' + each.grpc_port : '')) },
      { title: 'Status', of: each => line(each.status) },
      { title: 'Last seen', of: each => clock(each.last_seen) },
    ],
  }) : none('The registry knows no instance.');
}

/**
 * @param {any} answer
 * @param {string} name
 */
export function peers({ peers }, name) {
  const rows = peers.filter((/** @type {any} */ each) => !name || each.service === name);
  return rows.length ? table({
    caption: 'Neighbours that are called',
    rows,
    columns: [
      { title: 'Service', of: (/** @type {any} */ each) => serviceLink(each.service) },
      { title: 'State', of: (/** @type {any} */ each) => line(each.health?.state) },
      { title: 'Why', of: (/** @type {any} */ each) => line(each.health?.detail) },
      { title: 'Latency', of: (/** @type {any} */ each) => line(each.health?.latency) },
      { title: 'Probed', of: (/** @type {any} */ each) => clock(each.health?.at ?? '') },
    ],
  }) : none('It is not called.');
}

/** @param {{events: import('./rows.js').Event[]}} answer the events of settings, the newest first */
export function settings({ events }) {
  const seen = new Map();
  for (const event of events) {
    for (const [name, value] of Object.entries(event.attributes ?? {})) {
      if (!seen.has(name)) {
        seen.set(name, { name, value, event });
      }
    }
  }
  const rows = [...seen.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return rows.length ? table({
    caption: 'Settings that decide links and verdicts, in force',
    rows,
    columns: [
      { title: 'Setting', of: each => line(each.name) },
      { title: 'Value', of: each => line(each.value) },
      { title: 'Since', of: each => html`<a href=${href({ view: 'event', id: each.event.id })}>${clock(each.event.occurred_at)}</a>` },
    ],
  }) : none('The log tells of none.');
}

/** @param {string} name */
function serviceLink(name) {
  return html`<a href=${href({ view: 'service', name })}>${line(name)}</a>`;
}
