/** The same as the picture, as tables. */
import { html, nothing } from 'lit';
import { table } from '../element.js';
import { line } from '../text.js';
import { STATES, verdictText } from './bands.js';
import { instant, offset, spoken } from './instant.js';
import { SEVERITIES } from './model.js';

/** @typedef {import('./scene.js').Scene} Scene */

/** So many events are in the table at a time. */
export const ROWS = 500;

/**
 * @param {Scene} scene
 * @param {number} from the first row
 * @param {(i: number) => void} goTo
 * @param {(from: number) => void} turn
 */
export function tables(scene, from, goTo, turn) {
  const { model, order, zero, times } = scene;
  const rows = Array.from(order.subarray(from, from + ROWS));
  const causes = causesOf(scene, new Set(rows));
  return html`
    ${pager(from, order.length, turn)}
    ${table({
      caption: `Events ${from + 1} to ${from + rows.length} of ${order.length}`,
      rows,
      columns: [
        { title: 'Time', number: true, of: i => html`<span title=${instant(model.base, times[i])}>${offset(times[i] - zero)}</span>` },
        { title: 'Service', of: i => line(model.services[model.service[i]]) },
        { title: 'Type', of: i => html`<button type="button" class="link" @click=${() => goTo(i)}>${line(model.types[model.type[i]])}</button>` },
        { title: 'Severity', of: i => SEVERITIES[model.severity[i]] },
        { title: 'Duration', number: true, of: i => (model.duration[i] ? spoken(model.duration[i]) : '') },
        { title: 'Message', of: i => line(model.messages[i]) },
        { title: 'Causes', of: i => causes.get(i) ?? '' },
      ],
    })}
    ${scene.bands.length ? windows(scene) : nothing}
    ${scene.folding.folds.length ? table({
      caption: 'Idle stretches that the picture folds',
      rows: scene.folding.folds,
      columns: [
        { title: 'From', number: true, of: fold => offset(fold.from - zero) },
        { title: 'To', number: true, of: fold => offset(fold.to - zero) },
        { title: 'Idle for', number: true, of: fold => spoken(fold.to - fold.from) },
      ],
    }) : nothing}`;
}

/**
 * @param {Scene} scene
 * @param {Set<number>} rows
 * @returns {Map<number, string>} the causes of each event in words
 */
function causesOf({ model }, rows) {
  const found = new Map();
  for (const { cause, effect, link } of model.arrows) {
    if (rows.has(effect)) {
      const by = link.rule ? `${link.kind} ${link.rule}` : link.kind;
      const words = line(`${model.types[model.type[cause]]} of ${model.services[model.service[cause]]} (${by}, after ${
        spoken(link.delay * 1000)}, confidence ${link.confidence.toFixed(2)}: ${link.evidence})`);
      found.set(effect, found.has(effect) ? `${found.get(effect)}; ${words}` : words);
    }
  }
  return found;
}

/** @param {Scene} scene */
function windows({ bands, zero }) {
  return table({
    caption: 'Expectation windows',
    rows: bands,
    columns: [
      { title: 'Expectation', of: band => line(band.verdict.expectation) },
      { title: 'Verdict', of: band => html`<span class=${`status ${band.verdict.status}`}>${band.verdict.status}</span>` },
      { title: 'Part', of: band => line(band.finding.name) },
      { title: 'State', of: band => STATES[band.finding.state]?.word ?? '' },
      { title: 'From', number: true, of: band => offset(band.from - zero) },
      { title: 'To', number: true, of: band => offset(band.to - zero) },
      { title: 'What was found', of: band => line(verdictText(band)) },
    ],
  });
}

/**
 * @param {number} from
 * @param {number} count
 * @param {(from: number) => void} turn
 */
function pager(from, count, turn) {
  return count <= ROWS ? nothing : html`<div class="bar">
    <button type="button" ?disabled=${from === 0} @click=${() => turn(Math.max(0, from - ROWS))}>Earlier</button>
    <button type="button" ?disabled=${from + ROWS >= count} @click=${() => turn(from + ROWS)}>Later</button></div>`;
}
