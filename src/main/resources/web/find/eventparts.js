// The sections of one event.
import { html, nothing } from 'lit';
import { table } from '../element.js';
import { href } from '../state.js';
import { clock, duration, line, lines, prose } from '../text.js';
import { list, none, value } from './facts.js';
import { eventLink, severity, took } from './rows.js';

/** @typedef {import('./rows.js').Event} Event */
/** @typedef {{cause_id: string, effect_id: string, kind: string, rule?: string, delay: number, confidence: number, evidence: string}} Link */
/** @typedef {{id: string, status: string, expectation: string, reason: string, trigger_id: string, version: number,
 *     findings?: {name: string, sightings?: {event_id: string}[], nearest?: {event_id?: string}[]}[]}} Verdict */

/** @param {Event} event */
export function head(event) {
  return html`<div class="head"><h2>${line(event.type)} <span class="quiet">in ${line(event.service)}</span></h2>
    ${event.message ? html`<p>${lines(event.message)}</p>` : nothing}
    <nav class="links" aria-label="About this event">
      <a href=${href({ view: 'timeline', event: event.id, sel: event.id })}>What led to it, and what it led to</a>
      ${event.trace_id ? html`<a href=${href({ view: 'timeline', trace: event.trace_id, sel: event.id })}>Its trace</a>` : nothing}
      ${event.scenario_id ? html`<a href=${href({ view: 'timeline', run: event.scenario_id, sel: event.id })}>Its run</a>
        <a href=${href({ view: 'board', run: event.scenario_id })}>Verdicts of its run</a>` : nothing}
      <a href=${href({ view: 'find', service: event.service, type: event.type })}>Others of its kind</a>
      <a href=${href({ view: 'service', name: event.service })}>Its service</a>
      <a href=${'/api/v1/events/' + encodeURIComponent(event.id)}>JSON</a>
    </nav></div>`;
}

/** @param {Event} event */
export function fields(event) {
  return html`<section aria-label="Fields"><h3>Fields</h3><div class="facts">${list([
    ['Id', html`<span class="mono">${line(event.id)}</span>`],
    ['Severity', severity(event.severity)],
    ['Occurred', html`${clock(event.occurred_at)} <span class="quiet mono">${line(event.occurred_at)}</span>`],
    ['Took', took(event.duration)],
    ['Service', line(event.service)],
    ['Instance', line(event.instance)],
  ])}${list([
    ['Trace', same('trace', event.trace_id)],
    ['Span', line(event.span_id)],
    ['Parent span', line(event.parent_span_id)],
    ['Correlation id', same('flow', event.correlation_id)],
    ['Run', same('run', event.scenario_id)],
    ['Cause, as the sender says', event.cause_id ? eventLink(event.cause_id) : ''],
  ])}</div>${event.links?.length ? table({
    caption: 'Spans that it refers to',
    rows: event.links,
    columns: [
      { title: 'Trace', of: each => html`<a class="mono" href=${href({ view: 'timeline', trace: each.trace_id })}>${line(each.trace_id)}</a>` },
      { title: 'Span', of: each => html`<span class="mono">${line(each.span_id)}</span>` },
    ],
  }) : nothing}</section>`;
}

/**
 * A value that others share.
 * @param {string} name
 * @param {string | undefined} value
 */
function same(name, value) {
  return value ? html`<a class="mono" href=${href({ view: 'find', [name]: value })}>${line(value)}</a>` : '';
}

/** @param {Event} event */
export function attributes(event) {
  const all = Object.entries(event.attributes ?? {});
  return html`<section aria-label="Attributes"><h3>Attributes</h3>${all.length ? list(all.map(([name, each]) =>
    [line(name), simple(each) ? html`<a href=${href({ view: 'find', ['attribute.' + name]: String(each) })}
      title="Events with the same">${value(each)}</a>` : html`<code>${value(each)}</code>`])) : none('It has none.')}</section>`;
}

/** @param {unknown} value */
function simple(value) {
  return (typeof value === 'string' && value !== '' && value.length <= 256) || typeof value === 'number' || typeof value === 'boolean';
}

/** @type {Record<string, string>} */
const AUTHORS = {
  own: 'the correlator', unproven: 'the correlator, as an older log or an export says', door: 'somebody outside; nobody acts on it',
};

/** @param {Event} event */
export function provenance(event) {
  const late = event.recorded_at ? (Date.parse(event.recorded_at) - Date.parse(event.occurred_at)) / 1000 : undefined;
  return html`<section aria-label="Provenance"><h3>Provenance</h3>${list([
    ['Written by', event.author ? AUTHORS[event.author] ?? line(event.author) : 'a sender'],
    ['Recorded', event.recorded_at ? clock(event.recorded_at) : ''],
    ['After it occurred', late === undefined ? '' : duration(late)],
    ['Position in the log', event.position],
  ])}</section>`;
}

/**
 * @param {string} caption
 * @param {Link[]} links
 * @param {(link: Link) => string} other the id at the other end
 */
export function links(caption, links, other) {
  return table({
    caption: caption + ': ' + links.length,
    rows: links,
    columns: [
      { title: 'Event', of: each => eventLink(other(each)) },
      { title: 'Kind', of: each => line(each.kind) },
      { title: 'Rule', of: each => line(each.rule) },
      { title: 'Delay', of: each => duration(each.delay), number: true },
      { title: 'Confidence', of: each => each.confidence.toFixed(2), number: true },
      { title: 'Evidence', of: each => prose(each.evidence) },
    ],
  });
}

/** @param {any} chain */
export function chain(chain) {
  const others = chain.nodes.filter((/** @type {any} */ node) => node.side !== 'root');
  return others.length ? table({
    caption: 'Causes before it and effects behind it, the nearest first',
    rows: others,
    columns: [
      { title: 'Side', of: (/** @type {any} */ node) => line(node.side) },
      { title: 'Steps', of: (/** @type {any} */ node) => node.depth, number: true },
      { title: 'Delay', of: (/** @type {any} */ node) => duration(node.delay), number: true },
      { title: 'Confidence', of: (/** @type {any} */ node) => node.confidence.toFixed(2), number: true },
      { title: 'Service', of: (/** @type {any} */ node) => line(node.event?.service) },
      { title: 'Type', of: (/** @type {any} */ node) => line(node.event?.type) },
      { title: 'Event', of: (/** @type {any} */ node) => eventLink(node.event_id) },
    ],
  }) : none('No cause and no effect is known.');
}

/**
 * Verdicts that have an event as trigger, evidence or nearest miss.
 * @param {Verdict[]} verdicts
 * @param {string} id
 * @returns {{verdict: Verdict, as: string}[]}
 */
export function touched(verdicts, id) {
  return verdicts.flatMap(verdict => {
    const as = verdict.trigger_id === id ? 'trigger'
      : (verdict.findings ?? []).find(each => (each.sightings ?? []).some(seen => seen.event_id === id))?.name
        ?? ((verdict.findings ?? []).some(each => JSON.stringify(each).includes(JSON.stringify(id))) ? 'nearest' : undefined);
    return as === undefined ? [] : [{ verdict, as }];
  });
}

/** @param {{verdict: Verdict, as: string}[]} touched */
export function verdicts(touched) {
  return touched.length ? table({
    caption: 'Verdicts that it touches',
    rows: touched,
    columns: [
      { title: 'Status', of: ({ verdict }) => html`<span class="status ${verdict.status}">${line(verdict.status)}</span>` },
      { title: 'Expectation', of: ({ verdict }) => html`<a href=${href({ view: 'board', verdict: verdict.id })}>${line(verdict.expectation)}</a>` },
      { title: 'As', of: ({ as }) => line(as) },
      { title: 'Why', of: ({ verdict }) => prose(verdict.reason) },
    ],
  }) : none('It is neither trigger nor evidence of a verdict.');
}
