/** What is shown, and the choices of how. */
import { html, nothing } from 'lit';
import { line } from '../text.js';
import { spoken } from './instant.js';
import { canBeWaterfall } from './lanes.js';

/**
 * @typedef {object} Shown
 * @property {Record<string, string>} state
 * @property {import('./load.js').Told | undefined} told
 * @property {import('./scene.js').Scene | undefined} scene
 * @property {import('./scene.js').Choices} choices
 * @property {boolean} busy
 * @property {(key: string) => void} do does what a key does
 */

/** @param {Record<string, string>} state */
function title({ run, trace, key, event }) {
  return line(run ?? (trace ? `Trace ${trace}` : key ?? (event ? `What led to ${event}, and what it led to` : 'All events')));
}

/** @param {Shown} view */
export function bar(view) {
  const { told, scene, choices, state } = view;
  if (!told || !scene) {
    return nothing;
  }
  const { model } = told;
  return html`<div class="bar">
    <h2 class="grow cut">${title(state)}</h2>
    <span class="quiet">${model.count.toLocaleString('en')} events · ${model.services.length} services · ${
      spoken(scene.lasts)}${view.busy ? ' · more is coming' : ''}</span>
    <span class="group" role="group" aria-label="What is shown">
      ${toggle('Fold idle', 'f', choices.fold, view)}
      ${toggle('Corrected clocks', 'k', choices.corrected, view)}
      ${toggle('Uncertainty', 'u', Boolean(state.sure), view)}
      ${canBeWaterfall(model) ? toggle('Waterfall', 'w', choices.waterfall, view) : nothing}
      ${toggle('Table', 't', Boolean(state.as), view)}
    </span>
    ${state.as ? nothing : html`<span class="group" role="group" aria-label="Zoom">
      <button type="button" title="Key: −" aria-label="Farther" @click=${() => view.do('-')}>−</button>
      <button type="button" title="Key: +" aria-label="Closer" @click=${() => view.do('+')}>+</button>
      <button type="button" title="Key: 0" @click=${() => view.do('0')}>All</button></span>`}
  </div>`;
}

/**
 * @param {string} name
 * @param {string} key
 * @param {boolean} on
 * @param {Shown} view
 */
function toggle(name, key, on, view) {
  return html`<button type="button" aria-pressed=${on} title=${`Key: ${key}`} @click=${() => view.do(key)}>${name}</button>`;
}
