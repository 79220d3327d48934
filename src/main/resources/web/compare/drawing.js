// Two runs, one above the other, on one axis.
import { css, html, nothing, svg } from 'lit';
import { href } from '../state.js';
import { duration, line } from '../text.js';
import { axis, byStep, keyOf, marks, place, services, ticks } from './lanes.js';

/** @typedef {import('./load.js').Compared} Compared */
/** @typedef {import('./load.js').Run} Run */
/** @typedef {import('./lanes.js').Mark} Mark */
/** @typedef {import('./lanes.js').Axis} Axis */

const TICKS = 8;

export const drawingStyles = css`
  .runs { display: grid; grid-template-columns: minmax(6em, max-content) minmax(0, 1fr); padding: var(--gap) calc(2 * var(--gap)); }
  .runs h2 { grid-column: 1 / -1; padding-top: var(--gap); overflow-wrap: anywhere; }
  .runs h2 a { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 2px; }
  .runs h2 span { font-weight: 400; }
  .lane { max-width: 16em; padding-right: var(--gap); line-height: 21px; border-bottom: 1px solid var(--line); }
  .runs svg { display: block; width: 100%; height: 22px; border-bottom: 1px solid var(--line); overflow: visible; }
  .runs svg.axis { height: 20px; border: none; }
  .zero { stroke: var(--ink-2); stroke-dasharray: 3 2; }
  .tick { stroke: var(--line); }
  svg text { fill: var(--ink-2); font-size: .86em; }
  .mark { fill: var(--ink-2); stroke: none; }
  .mark.error, .mark.critical { fill: var(--failed); }
  .mark.warning { fill: var(--inconclusive); }
  .ring { fill: none; stroke-width: 2; }
  .ring.missing, .ring.extra { stroke: var(--failed); }
  .ring.missing { stroke-dasharray: 2 2; }
  .ring.later, .ring.earlier, .ring.reordered { stroke: var(--inconclusive); }
  .chosen { fill: var(--accent); fill-opacity: .3; }
  .legend { display: flex; flex-wrap: wrap; gap: 2px calc(2 * var(--gap)); padding: 0 calc(2 * var(--gap)) var(--gap); color: var(--ink-2); }
  .legend svg { width: 16px; height: 16px; vertical-align: -3px; }
  @media (max-width: 40rem) { .runs { padding: var(--gap); } .lane { max-width: 7em; } }
`;

/**
 * @param {Compared} compared
 * @param {string} chosen the key of a kind of event that stands out
 */
export function drawing(compared, chosen) {
  const { comparison, run, baseline } = compared;
  const on = axis([...run, ...baseline]);
  const lanes = services(baseline, run);
  const differences = byStep(comparison.differences);
  const strip = (/** @type {Run} */ of, /** @type {boolean} */ isBaseline) => html`
    <h2>${isBaseline ? 'Baseline' : 'Run'} <a href=${href({ view: 'timeline', run: of.scenario_id })}>${line(of.scenario_id)}</a>
      <span class="quiet">${aligned(of)}${of.complete ? nothing : html` · <strong>${line(of.still_open)}</strong>`}</span></h2>
    ${lanes.map(service => {
      const of = marks(isBaseline ? baseline : run, service, on, differences, isBaseline);
      return html`<div class="lane cut" title=${line(service)}>${line(service)}</div>
        <svg role="img" aria-label=${line(service) + ': ' + of.length + ' events'}>${grid(on)}${of.map(each => mark(each, chosen))}</svg>`;
    })}`;
  return html`<div class="runs">
      ${strip(comparison.run, false)}
      <div></div><svg class="axis" role="img" aria-label="Time from where the runs are aligned">${ticks(on, TICKS).map(at =>
        svg`<text x=${percent(place(on, at))} y="14" text-anchor="middle">${at === 0 ? '0' : (at > 0 ? '+' : '') + duration(at)}</text>`)}</svg>
      ${strip(comparison.baselines[0], true)}
    </div>
    ${legend()}`;
}

/** @param {Run} run */
function aligned(run) {
  return run.events + ' events · 0 is ' + (run.aligned_by === 'trigger'
    ? 'the first trigger of ' + line(run.expectation) : 'its first event, as nothing in it was judged');
}

/** @param {Axis} on */
function grid(on) {
  return ticks(on, TICKS).map(at => svg`<line class=${at === 0 ? 'zero' : 'tick'} x1=${percent(place(on, at))}
    x2=${percent(place(on, at))} y1="0" y2="22"></line>`);
}

/**
 * @param {Mark} mark
 * @param {string} chosen
 */
function mark({ event, kind, left, width }, chosen) {
  const x = percent(left);
  const text = line(event.service + ' ' + event.type) + ' at ' + duration(event.at) + (kind ? ': ' + kind : '');
  return svg`<g><title>${text}</title>
    ${keyOf(event) === chosen ? svg`<circle class="chosen" cx=${x} cy="11" r="10"></circle>` : nothing}
    ${event.duration > 0
      ? svg`<rect class="mark ${event.severity}" x=${x} y="8" width=${percent(Math.max(width, 0.002))} height="6"></rect>`
      : svg`<circle class="mark ${event.severity}" cx=${x} cy="11" r="3.5"></circle>`}
    ${kind ? svg`<circle class="ring ${kind}" cx=${x} cy="11" r="7"></circle>` : nothing}</g>`;
}

/** @param {number} part */
function percent(part) {
  return (100 * part).toFixed(3) + '%';
}

function legend() {
  const entry = (/** @type {string} */ kind, /** @type {string} */ text) => html`<span><svg aria-hidden="true">
    <circle class="mark" cx="8" cy="8" r="3"></circle><circle class="ring ${kind}" cx="8" cy="8" r="6"></circle></svg> ${text}</span>`;
  return html`<div class="legend">${entry('missing', 'in the baseline: missing in the run')}
    ${entry('extra', 'too often')}${entry('later', 'later, earlier or reordered')}</div>`;
}
