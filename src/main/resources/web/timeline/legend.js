/** What the forms, dashes and weights of the picture mean. */
import { html, svg } from 'lit';
import { dash, weight } from './arrows.js';

const FORMS = [
  ['debug', svg`<circle class="hollow" cx="8" cy="8" r="3"></circle>`],
  ['info', svg`<circle cx="8" cy="8" r="4.25"></circle>`],
  ['warning', svg`<path class="warning" d="M8 1.5L14.5 13H1.5Z"></path>`],
  ['error', svg`<path class="failed" d="M8 2L14 8L8 14L2 8Z"></path>`],
  ['critical', svg`<path class="failed" d="M8 3.5L12.5 8L8 12.5L3.5 8Z"></path><path class="failed hollow" d="M8 0L16 8L8 16L0 8Z"></path>`],
];

const TRIGGER = svg`<circle cx="8" cy="8" r="3.5"></circle><circle class="hollow" cx="8" cy="8" r="7"></circle>`;

/** @type {Record<string, string>} */
const KINDS = { explicit: 'the sender named it', parent: 'parent span', rule: 'by a rule', manual: 'a person said so' };

/** The legend of a timeline. */
export function legend() {
  return html`<div class="legend" aria-hidden="true">
    ${FORMS.map(([name, form]) => html`<span><svg viewBox="0 0 16 16" width="14" height="14">${form}</svg> ${name}</span>`)}
    <span><svg viewBox="0 0 16 16" width="14" height="14">${TRIGGER}</svg> starts a clock</span>
    ${Object.entries(KINDS).map(([kind, words]) => html`<span><svg viewBox="0 0 34 16" width="34" height="14"><path class="line"
      d="M1 8H33" stroke-width="1.75" stroke-dasharray=${dash(kind) || 'none'}></path></svg> ${words}</span>`)}
    <span><svg viewBox="0 0 34 16" width="34" height="14"><path class="line" d="M1 5H33" stroke-width=${weight(0.3)}></path><path class="line" d="M1 11H33"
      stroke-width=${weight(1)}></path></svg> confidence</span>
  </div>`;
}
