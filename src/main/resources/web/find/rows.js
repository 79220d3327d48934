// Events as rows of a table.
import { css, html } from 'lit';
import { href } from '../state.js';
import { clock, cut, duration, line, prose } from '../text.js';

/**
 * An event, as the service tells it.
 * @typedef {{id: string, service: string, instance?: string, type: string, severity: string, occurred_at: string,
 *     recorded_at?: string, duration?: number, trace_id?: string, span_id?: string, parent_span_id?: string,
 *     correlation_id?: string, scenario_id?: string, cause_id?: string, message?: string, author?: string,
 *     attributes?: Record<string, unknown>, links?: {trace_id: string, span_id: string}[], position: number}} Event
 */

export const rowStyles = css`
  .severity { white-space: nowrap; }
  .severity.warning { color: var(--inconclusive); }
  .severity.error, .severity.critical { color: var(--failed); font-weight: 600; }
  td.when, td.took { white-space: nowrap; font-variant-numeric: tabular-nums; }
  td.took { text-align: right; }
  td.what { min-width: 16em; overflow-wrap: anywhere; }
  a.id { display: inline-block; max-width: 17em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; }
`;

const MOST_MESSAGE = 160;

/** @param {string} severity */
export function severity(severity) {
  return html`<span class="severity ${severity}">${line(severity)}</span>`;
}

/** @param {number | undefined} nanoseconds */
export function took(nanoseconds) {
  return nanoseconds ? duration(nanoseconds / 1e9) : '';
}

/** @param {string} id */
export function eventLink(id) {
  return html`<a class="id mono" title=${line(id)} href=${href({ view: 'event', id })}>${line(id)}</a>`;
}

/** @param {Event} event */
export function row(event) {
  return html`<tr>
    <td class="when">${clock(event.occurred_at)}</td>
    <td>${severity(event.severity)}</td>
    <td>${line(event.service)}</td>
    <td>${line(event.type)}</td>
    <td class="took">${took(event.duration)}</td>
    <td class="what">${cut(prose(event.message ?? ''), MOST_MESSAGE)}</td>
    <td>${eventLink(event.id)}</td>
  </tr>`;
}

/**
 * @param {string} caption
 * @param {Event[]} events
 */
export function eventTable(caption, events) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}><table>
    <caption>${caption}</caption>
    <thead><tr><th scope="col">Occurred</th><th scope="col">Severity</th><th scope="col">Service</th><th scope="col">Type</th>
      <th scope="col" class="number">Took</th><th scope="col">Message</th><th scope="col">Event</th></tr></thead>
    <tbody>${events.map(row)}</tbody>
  </table></div>`;
}
