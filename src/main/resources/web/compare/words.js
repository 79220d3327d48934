// What is different, in words and tables.
import { css, html, nothing } from 'lit';
import { table } from '../element.js';
import { href } from '../state.js';
import { duration, line } from '../text.js';
import { keyOf } from './lanes.js';

/** @typedef {import('./load.js').Comparison} Comparison */
/** @typedef {import('./load.js').Difference} Difference */
/** @typedef {import('./load.js').Shift} Shift */
/** @typedef {import('./load.js').Suspect} Suspect */

const SHOWN = 40;

export const wordStyles = css`
  section { padding: var(--gap) calc(2 * var(--gap)); border-top: 1px solid var(--line); overflow-wrap: anywhere; }
  ul { margin: 0 0 var(--gap); padding-left: 1.4em; columns: 2 26em; }
  h3 { color: var(--ink-2); font-weight: 500; }
  li[aria-current] { background: var(--ground-3); }
  li a { color: inherit; }
  ol { margin: 0; padding-left: 1.4em; }
  summary { cursor: pointer; color: var(--ink-2); padding: 2px 0; }
  .fault { font-size: 1.1em; }
`;

/**
 * Who is most likely at fault.
 * @param {Comparison} comparison
 */
export function fault({ ranking }) {
  return html`<section aria-label="Who is most likely at fault">
    <h2 class="fault">${ranking.most_likely ? 'Most likely at fault: ' + line(ranking.most_likely) : 'Cannot tell who is at fault'}</h2>
    <p class="quiet">${line(ranking.reason)}; ${line(ranking.quiet_sentence)}.</p>
    ${ranking.suspects.length ? table({
      caption: 'Services by how much they changed',
      rows: ranking.suspects.slice(0, 10),
      columns: [
        { title: 'Service', of: each => html`<a href=${href({ view: 'service', name: each.service })}>${line(each.service)}</a>` },
        { title: 'Score', of: each => each.score.toFixed(2), number: true },
        { title: 'Evidence', of: evidence },
      ],
    }) : nothing}
    ${ranking.suspects.length > 10 ? html`<p class="quiet">and ${ranking.suspects.length - 10} services more</p>` : nothing}
  </section>`;
}

/** @param {Suspect} suspect */
function evidence(suspect) {
  return html`<ol>${suspect.evidence.map(each => html`<li value=${each.place}>${line(each.signal.replace('_', ' '))}: ${line(each.sentence)}</li>`)}</ol>`;
}

/**
 * What is missing, extra, later, earlier, reordered.
 * @param {Comparison} comparison
 * @param {string} chosen the key of a kind of event
 * @param {(difference: Difference) => void} choose
 */
export function differences({ same, differences: all, hop_changes }, chosen, choose) {
  const kinds = [...new Set(all.map(each => each.kind))];
  return html`<section aria-label="Differences">
    <h2>${same ? 'Nothing is missing, extra, later, earlier or reordered' : all.length + ' differences'}</h2>
    ${kinds.map(kind => kindList(kind, all.filter(each => each.kind === kind), chosen, choose))}
    ${hop_changes.length ? html`<h3>Hops that came or went</h3>
      <ul>${hop_changes.slice(0, SHOWN).map(each => html`<li>${line(each.sentence)}</li>`)}</ul>${more(hop_changes.length)}` : nothing}
  </section>`;
}

/**
 * @param {string} kind
 * @param {Difference[]} of
 * @param {string} chosen
 * @param {(difference: Difference) => void} choose
 */
function kindList(kind, of, chosen, choose) {
  return html`<h3>${kind[0].toUpperCase() + kind.slice(1)}</h3>
    <ul>${of.slice(0, SHOWN).map(each => html`<li aria-current=${keyOf(each.step) === chosen ? 'true' : nothing}>
      <a class="difference" href=${href({ view: 'find', service: each.step.service, type: each.step.type })} @focus=${() => choose(each)}
        @click=${(/** @type {Event} */ event) => { event.preventDefault(); choose(each); }}>${line(each.sentence)}</a></li>`)}</ul>
    ${more(of.length)}`;
}

/** @param {number} count */
function more(count) {
  return count > SHOWN ? html`<p class="quiet">and ${count - SHOWN} more</p>` : nothing;
}

/**
 * Times, errors and messages.
 * @param {Comparison} comparison
 */
export function measures(comparison) {
  return html`<section aria-label="Times, errors, messages">
    ${times('Own times by service: without what ran within; a call is the callee\'s', comparison.own_times)}
    ${times('Durations of spans', comparison.durations)}
    ${times('Delays by rule or kind of link', comparison.rules)}
    ${times('Delays from cause to effect', comparison.hops)}
    ${fold('Errors and warnings', comparison.rates, rows => table({
      caption: 'Errors and warnings',
      rows,
      columns: [
        { title: 'Service', of: each => line(each.service) },
        { title: 'Errors', of: each => each.run.errors + ' of ' + each.run.events, number: true },
        { title: 'Baseline', of: each => each.baseline.errors + ' of ' + each.baseline.events, number: true },
        { title: 'Warnings', of: each => each.run.warnings, number: true },
        { title: 'Baseline', of: each => each.baseline.warnings, number: true },
      ],
    }))}
    ${fold('Messages that come more or less often', comparison.messages, rows => table({
      caption: 'Messages; # is a number or an id',
      rows,
      columns: [
        { title: 'Service', of: each => line(each.service) },
        { title: 'Message', of: each => line(each.template) },
        { title: 'Run', of: each => each.count, number: true },
        { title: 'Baseline', of: each => each.baseline_count, number: true },
      ],
    }))}
  </section>`;
}

/**
 * @param {string} title
 * @param {Shift[]} shifts
 */
function times(title, shifts) {
  const of = (/** @type {import('./load.js').Times | undefined} */ each, /** @type {'p50' | 'p90'} */ name) =>
    (each ? duration(each[name]) : 'none');
  return fold(title, shifts, rows => table({
    caption: title,
    rows,
    columns: [
      { title: 'What', of: each => line(each.name) },
      { title: 'Half', of: each => of(each.run, 'p50'), number: true },
      { title: 'Baseline', of: each => of(each.baseline, 'p50'), number: true },
      { title: 'Times as long', of: each => (each.ratio === undefined ? '' : each.ratio.toPrecision(3)), number: true },
      { title: 'Nine of ten', of: each => of(each.run, 'p90'), number: true },
      { title: 'Baseline', of: each => of(each.baseline, 'p90'), number: true },
    ],
  }));
}

/**
 * @template T
 * @param {string} title
 * @param {T[]} rows
 * @param {(rows: T[]) => unknown} draw
 */
function fold(title, rows, draw) {
  return rows.length ? html`<details><summary>${title} (${rows.length})</summary>${draw(rows.slice(0, 100))}
    ${rows.length > 100 ? html`<p class="quiet">and ${rows.length - 100} more</p>` : nothing}</details>` : nothing;
}
