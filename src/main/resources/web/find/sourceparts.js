// The rows of sources of evidence.
import { html, nothing } from 'lit';
import { table } from '../element.js';
import { href } from '../state.js';
import { clock, duration, line } from '../text.js';

/**
 * @typedef {{every: string, sequence: string, expectations: string[], silent: boolean, listened: boolean, holes: number,
 *   repeated: boolean, last_sign?: string}} Speaking
 * @typedef {{service: string, events: number, silent: boolean, last_at?: string, last_recorded_at?: string,
 *   lateness?: {p50: number, p99: number, p99_9: number, ahead: number},
 *   dropped: {events: number, attributes: number, links: number},
 *   losses: {reported: number, last?: {from: string, to: string, reason: string}}, speaks: Speaking[],
 *   probe?: {dead: boolean, since?: string, until?: string, expectations: string[]}}} Source
 */

/**
 * Whether it, or its SDK, says that something was lost.
 * @param {Source} source
 */
export function isLossy(source) {
  const { dropped, losses } = source;
  return losses.reported + dropped.events + dropped.attributes + dropped.links > 0;
}

/**
 * The sources as a table.
 * @param {Source[]} rows
 * @param {string} at when the service answered
 */
export function sourceTable(rows, at) {
  return table({
    caption: 'What verdicts are judged on: the services that were heard, or are to speak',
    rows,
    columns: [
      { title: 'Service', of: each => html`<a href=${href({ view: 'service', name: each.service })}>${line(each.service)}</a>` },
      { title: 'Speaks', of: state },
      { title: 'Last heard', of: each => lastHeard(each, at) },
      { title: 'Events', number: true, of: each => each.events.toLocaleString('en') },
      { title: 'Late p50', number: true, of: each => late(each.lateness?.p50) },
      { title: 'p99', number: true, of: each => late(each.lateness?.p99) },
      { title: 'p99.9', number: true, of: each => late(each.lateness?.p99_9) },
      { title: 'Clock ahead', number: true, of: each => each.lateness?.ahead || '' },
      { title: 'Dropped by its SDK', of: dropped },
      { title: 'Losses reported', of: losses },
      { title: 'Is to speak', of: each => each.speaks.map(wanted) },
      { title: 'Its probe', of: each => each.probe ? probed(each.probe) : '' },
    ],
  });
}

/** @param {Source} source */
function state(source) {
  if (source.probe?.dead) {
    return html`<span class="status INCONCLUSIVE">DEAD</span>`;
  }
  if (!source.speaks.length) {
    return html`<span class="quiet">not asked to</span>`;
  }
  return source.silent ? html`<span class="status INCONCLUSIVE">SILENT</span>` : html`<span class="status PASSED">SPEAKS</span>`;
}

/**
 * @param {Source} source
 * @param {string} at
 */
function lastHeard(source, at) {
  if (!source.last_at) {
    return html`<span class="quiet">never</span>`;
  }
  const ago = (Date.parse(at) - Date.parse(source.last_at)) / 1000;
  return html`${clock(source.last_at)} <span class="quiet">${ago >= 0 ? duration(Math.round(ago)) + ' ago' : 'ahead'}</span>`;
}

/** @param {number | undefined} seconds */
function late(seconds) {
  return seconds === undefined ? '' : duration(seconds);
}

/** @param {Source} source */
function dropped({ dropped }) {
  return Object.entries(dropped).filter(([, count]) => count > 0)
    .map(([what, count]) => count.toLocaleString('en') + ' ' + what).join(', ');
}

/** @param {Source} source */
function losses({ losses }) {
  const { reported, last } = losses;
  return last ? html`${reported}, the last ${line(last.reason)} <span class="quiet">${clock(last.from)} to ${clock(last.to)}</span>` : '';
}

/** @param {NonNullable<Source['probe']>} probe */
function probed({ dead, since, until, expectations }) {
  return html`<p>${dead ? html`<strong>dead since ${clock(since ?? '')}</strong>`
      : since ? html`<span>was dead from ${clock(since)} to ${clock(until ?? '')}</span>` : html`<span>never found dead</span>`}
    ${expectations.length ? html`<span class="quiet">for ${named(expectations)}</span>` : nothing}</p>`;
}

/** @param {string[]} expectations */
function named(expectations) {
  return expectations.map((name, i) => html`${i ? ', ' : ''}<a
      href=${href({ view: 'board', expectation: name })}>${line(name)}</a>`);
}

/** @param {Speaking} speaking */
function wanted({ every, sequence, expectations, silent, listened, holes, repeated, last_sign }) {
  return html`<p>every ${line(every)}${sequence ? ', counted in ' + line(sequence) : ''}
    ${silent ? html`<strong>${last_sign ? 'silent since ' + clock(last_sign) : 'never spoke'}</strong>` : nothing}
    ${holes ? html`<span>${holes} ${holes === 1 ? 'hole' : 'holes'}</span>` : nothing}
    ${repeated ? html`<span>a number came twice</span>` : nothing}
    ${listened ? nothing : html`<span>not listened to</span>`}
    <span class="quiet">for ${named(expectations)}</span></p>`;
}
