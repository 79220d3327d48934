// One verdict with everything about it: what was found and what was nearly, and how it came to stand as it does.
import { html, nothing } from 'lit';
import { href } from '../state.js';
import { clock, duration, line, prose } from '../text.js';
import { after } from './board-data.js';

/** @typedef {import('./board-data.js').Verdict} Verdict */
/** @typedef {import('./board-data.js').Finding} Finding */
/** @typedef {import('./board-data.js').Sighting} Sighting */

/**
 * @param {Verdict} verdict
 */
export function detail(verdict) {
  return html`<div class="detail">
    <p class="links">${lanes(verdict)}
      <a href=${href({ view: 'event', id: verdict.trigger_id })}>Trigger <code>${line(verdict.trigger_id)}</code></a>
      <a href=${href({ view: 'board', expectation: verdict.expectation })}>All verdicts of ${line(verdict.expectation)}</a>
    </p>
    <table class="findings"><caption class="seen-by-ear">Findings</caption>
      <thead><tr><th scope="col">State</th><th scope="col">Expected</th><th scope="col">What happened</th><th scope="col">Events</th></tr></thead>
      <tbody>${verdict.findings.map(finding)}</tbody>
    </table>
    ${history(verdict)}
    <p class="quiet"><code>${line(verdict.id)}</code>, expectation of version <code>${line(verdict.expectation_version)}</code>,
      deadline ${clock(verdict.deadline)}, ${verdict.final ? 'final' : 'not final yet: late events can change it'}</p>
  </div>`;
}

/** @param {Verdict} verdict */
function lanes(verdict) {
  const state = verdict.scenario_id
    ? { view: 'timeline', run: verdict.scenario_id, verdict: verdict.id }
    : { view: 'timeline', event: verdict.trigger_id, verdict: verdict.id };
  return html`<a class="lanes" href=${href(state)}>Timeline</a>`;
}

/** @param {Finding} each */
function finding(each) {
  const missed = each.nearest_miss;
  return html`<tr>
    <td class="state ${each.state}">${each.state}</td>
    <td>${line(each.name)}</td>
    <td>${prose(each.reason)}${missed
      ? html`<p class="quiet">Nearest: ${prose(missed.explanation)}</p>` : nothing}</td>
    <td>${each.sightings.map(sighting)}${missed ? sighting(missed.event) : nothing}</td>
  </tr>`;
}

/** @param {Sighting} each */
function sighting(each) {
  return html`<p><a href=${href({ view: 'event', id: each.event_id })}>${line(each.type)}</a>
    <span class="quiet">${line(each.service)}, ${duration(each.delay)} after the trigger</span></p>`;
}

/** @param {Verdict} verdict */
function history(verdict) {
  const versions = verdict.versions ?? [];
  if (versions.length < 2) {
    return nothing;
  }
  return html`<table class="history"><caption>Versions of this verdict</caption>
    <thead><tr><th scope="col">Version</th><th scope="col">Status</th><th scope="col">Certain</th><th scope="col">Late by</th><th scope="col">Why</th></tr></thead>
    <tbody>${versions.map(each => html`<tr>
      <td class="number">${each.version}</td>
      <td><span class="status ${each.status}">${each.status}</span></td>
      <td>${duration(after(verdict, each.decided_at))} after the trigger</td>
      <td>${each.late_by ? duration(each.late_by) : ''}</td>
      <td>${prose(each.reason)}</td></tr>`)}</tbody>
  </table>`;
}
