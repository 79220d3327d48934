// What stands around the verdicts of the board: what is chosen, and what to do where there is nothing.
import { html, nothing } from 'lit';
import { change, href } from '../state.js';
import { line } from '../text.js';
import { STATUSES } from './board-data.js';

/** @type {Record<string, string>} */
const STREAM = { live: 'live', waiting: 'connecting', paused: 'paused', refused: 'not allowed' };

/**
 * The line above the verdicts.
 * @param {Record<string, string>} state
 * @param {Map<string, number>} counts
 * @param {{expectations: string[], services: string[]}} names
 * @param {string} stream
 */
export function settings(state, counts, names, stream) {
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0);
  return html`<div class="bar" role="group" aria-label="Which verdicts">
    ${status('', 'All', total, state)}
    ${STATUSES.map(each => status(each, each, counts.get(each) ?? 0, state))}
    ${choice('expectation', 'Expectation', names.expectations, state)}
    ${choice('service', 'Service', names.services, state)}
    ${state.run ? html`<span>Run <code>${line(state.run)}</code>
      <button type="button" @click=${() => change({ run: '' })}>All runs</button></span>` : nothing}
    <span class="grow"></span>
    <button type="button" aria-pressed=${state.table ? 'true' : 'false'} title="Key: t"
      @click=${() => change({ table: state.table ? '' : '1' })}>Table</button>
    <span class="live live-${stream}" role="status">${STREAM[stream] ?? stream}</span>
  </div>`;
}

/**
 * @param {string} value
 * @param {string} title
 * @param {number} count
 * @param {Record<string, string>} state
 */
function status(value, title, count, state) {
  return html`<button type="button" aria-pressed=${(state.status ?? '') === value ? 'true' : 'false'}
    @click=${() => change({ status: value })}>${title} ${count}</button>`;
}

/**
 * @param {string} name
 * @param {string} title
 * @param {string[]} values
 * @param {Record<string, string>} state
 */
function choice(name, title, values, state) {
  const chosen = state[name] ?? '';
  const all = chosen && !values.includes(chosen) ? [chosen, ...values] : values;
  return html`<label>${title} <select @change=${(/** @type {Event} */ event) =>
    change({ [name]: /** @type {HTMLSelectElement} */ (event.target).value })}>
    <option value="" ?selected=${chosen === ''}>any</option>
    ${all.map(each => html`<option value=${each} ?selected=${each === chosen}>${line(each)}</option>`)}
  </select></label>`;
}

/** Nothing is of what was chosen. */
export function noMatch() {
  return html`<div class="empty"><h2>No verdict is of what is chosen</h2>
    <p><a href=${href({ view: 'board' })}>All verdicts</a></p></div>`;
}

/**
 * Nothing was judged yet.
 * @param {import('./board-data.js').Covered[]} covered
 */
export function newcomer(covered) {
  return html`<div class="empty">
    <h2>Nothing has been judged yet</h2>
    <p>A verdict says whether what an expectation asks for came after its trigger. Verdicts appear here as soon as a
      trigger is recorded. A recording that is in the program shows it:</p>
    <pre><code>java -jar audit-correlator.jar play depeg --speed 5 --service ${location.origin}</code></pre>
    ${covered.length ? html`<p>In force are ${covered.length} expectations:</p>
      <ul>${covered.map(each => html`<li>${line(each.name)} <span class="quiet">for ${line(each.scenario)}</span></li>`)}</ul>`
      : html`<p>No expectation is in force: put one with <code>PUT /api/v1/expectations</code>, or a folder with the setting
        <code>scenario.expectations</code>.</p>`}
  </div>`;
}
