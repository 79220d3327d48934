// The rows of the board.
import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { href } from '../state.js';
import { clock, duration, line, prose } from '../text.js';
import { STATUSES, after, flakes, services } from './board-data.js';
import { detail } from './board-detail.js';

/** @typedef {import('./board-data.js').Verdict} Verdict */
/** @typedef {import('./board-data.js').Group} Group */
/** @typedef {import('./board-data.js').Covered} Covered */

/**
 * What rows are drawn from.
 * @typedef {{state: Record<string, string>, covered: Map<string, Covered>, opened: Verdict | undefined, now: number}} Drawn
 */

export const rowStyles = css`
  .verdicts .fit { width: 1%; white-space: nowrap; }
  .verdicts .services { width: 16em; }
  .verdicts tr.run > th { padding-top: calc(2 * var(--gap)); color: var(--ink); white-space: normal; }
  .verdicts tr.run .counts { font-weight: 400; }
  .verdicts tr.run .counts span { margin-left: .6em; }
  .verdicts tr.run a { margin-left: .8em; font-weight: 400; }
  .verdicts td { padding: 2px var(--gap); }
  .verdicts tr > :first-child { padding-left: calc(2 * var(--gap)); }
  .verdicts tr > :last-child { padding-right: calc(2 * var(--gap)); }
  .what { display: grid; grid-template-columns: minmax(12em, 27em) 1fr; column-gap: calc(2 * var(--gap)); }
  .verdicts tr[data-opened] > td { background: var(--ground-2); border-bottom-color: transparent; }
  .name { color: var(--ink); overflow-wrap: anywhere; }
  .why { overflow-wrap: anywhere; }
  .PASSED-why, .PENDING-why { color: var(--ink-2); }
  .mark { margin-left: .5em; padding: 0 .35em; border: 1px solid var(--line); border-radius: var(--radius); color: var(--ink-2); font-size: .82em; white-space: nowrap; }
  .mark.flaky { color: var(--inconclusive); border-color: var(--inconclusive); }
  .detail { padding: 0 0 var(--gap) 0; display: grid; gap: var(--gap); }
  .detail .links { display: flex; flex-wrap: wrap; gap: 0 calc(2 * var(--gap)); overflow-wrap: anywhere; }
  .detail td, .detail .quiet { overflow-wrap: anywhere; }
  .state { font-size: .86em; font-weight: 600; background: none; }
  .state.MET { color: var(--passed); } .state.MISSED { color: var(--failed); }
  .state.OPEN { color: var(--pending); } .state.UNCERTAIN { color: var(--inconclusive); }
  td.opened { background: var(--ground-2); }
  @media (max-width: 80rem) { .verdicts .services { display: none; } }
  @media (max-width: 56rem) {
    .verdicts .time { display: none; }
    .what { grid-template-columns: 1fr; }
    .verdicts tr > :first-child { padding-left: var(--gap); }
    .verdicts .status { min-width: 0; padding: 0 .3em; font-size: .76em; }
    .detail table, .detail tbody, .detail tr, .detail td { display: block; } .detail thead { display: none; } .detail td { border: 0; padding: 1px 0; }
  }
`;

/**
 * All verdicts that are shown, by run.
 * @param {Group[]} groups
 * @param {Drawn} drawn
 */
export function grouped(groups, drawn) {
  return html`<table class="verdicts">
    <caption class="seen-by-ear">Verdicts by run, the newest run first</caption>
    <thead><tr><th scope="col" class="fit">Status</th><th scope="col">Expectation, and why</th><th scope="col" class="services">Services</th>
      <th scope="col" class="time fit">Triggered</th><th scope="col" class="time fit number">Certain after</th></tr></thead>
    ${repeat(groups, group => group.run + ' ' + group.scenario, group => html`<tbody>
      ${head(group)}${repeat(group.verdicts, verdict => verdict.id, verdict => row(verdict, drawn))}
    </tbody>`)}
  </table>`;
}

/** @param {Group} group */
function head(group) {
  return html`<tr class="run"><th scope="rowgroup" colspan="5">
    ${line(group.scenario)} ${group.run ? html`<code class="quiet">${line(group.run)}</code>` : html`<span class="quiet">outside of runs</span>`}
    <span class="counts">${STATUSES.filter(each => group.counts.get(each)).map(each =>
      html`<span class="${each} plain">${group.counts.get(each)} ${each.toLowerCase()}</span>`)}</span>
    ${group.run ? html`<a href=${href({ view: 'timeline', run: group.run })}>Timeline</a>
      <a href=${href({ view: 'board', run: group.run })}>Only this run</a>` : nothing}
  </th></tr>`;
}

/**
 * @param {Verdict} verdict
 * @param {Drawn} drawn
 */
function row(verdict, drawn) {
  const isOpen = drawn.state.verdict === verdict.id;
  const why = flakes(verdict, drawn.covered);
  return html`<tr ?data-opened=${isOpen}>
    <td class="fit"><span class="status ${verdict.status}">${verdict.status}</span></td>
    <td><div class="what"><span><a class="name" aria-expanded=${isOpen} data-verdict=${verdict.id}
        href=${href({ ...drawn.state, view: 'board', verdict: isOpen ? '' : verdict.id })}>${line(verdict.expectation)}</a>${
      verdict.critical ? html`<span class="mark">critical</span>` : nothing}${
      why ? html`<span class="mark flaky" title=${why}>flaky<span class="seen-by-ear">: ${why}</span></span>` : nothing}${
      verdict.version > 1 ? html`<span class="mark">version ${verdict.version}</span>` : nothing}</span>
      <span class="why ${verdict.status}-why">${prose(verdict.reason)}</span></div></td>
    <td class="services quiet">${services(verdict).map(line).join(', ')}</td>
    <td class="time fit quiet" title=${verdict.triggered_at}>${clock(verdict.triggered_at)}</td>
    <td class="time fit number quiet">${decided(verdict, drawn.now)}</td>
  </tr>${isOpen ? html`<tr><td class="opened" colspan="5">${
    detail(drawn.opened?.id === verdict.id ? drawn.opened : verdict)}</td></tr>` : nothing}`;
}

/**
 * @param {Verdict} verdict
 * @param {number} now
 */
function decided(verdict, now) {
  if (verdict.status !== 'PENDING') {
    return duration(after(verdict, verdict.decided_at));
  }
  const left = Math.round((Date.parse(verdict.deadline) - now) / 1000);
  return left > 0 ? 'due in ' + duration(left) : 'due';
}
