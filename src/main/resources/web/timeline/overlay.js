/** Arrows and expectation windows, which can be pointed at, focused and read aloud. */
import { nothing, svg } from 'lit';
import { choose, dash, isOf, path, weight } from './arrows.js';
import { STATES, STATUSES, verdictText } from './bands.js';
import { spoken } from './instant.js';
import { middle } from './lanes.js';
import { cut, line } from '../text.js';

/** @typedef {import('./model.js').Arrow} Arrow */
/** @typedef {import('./bands.js').Band} Band */
/** @typedef {import('./paint.js').Picture} Picture */

export const BAND = 26;
const BAND_TOP = 30;

/** How high the rows of windows are. @param {Band[]} bands */
export function bandsHeight(bands) {
  return bands.length ? BAND_TOP + bands.length * BAND + 10 : 0;
}

/**
 * @typedef {object} Pointing
 * @property {Arrow | undefined} arrow the one that is selected
 * @property {Band | undefined} band
 * @property {(arrow: Arrow) => void} onArrow
 * @property {(band: Band) => void} onBand
 * @property {number} gutter where the names of lanes end; 0 if they stand in the lanes
 */

/**
 * @param {Picture} picture
 * @param {Pointing} pointing
 * @returns {{content: unknown, left: number}} and how many arrows are left out
 */
export function overlay(picture, pointing) {
  const { scene, view, selected } = picture;
  const { drawn, left } = choose(scene.model, scene.places, view, selected, scene.layout.waterfall);
  const first = drawn.find(arrow => isOf(arrow, selected)) ?? drawn[0];
  const content = svg`
    <defs>
      ${['head', 'head-chosen'].map(id => svg`<marker id=${id} class=${id} viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">
        <path d="M0 0.8L7 4L0 7.2Z"></path></marker>`)}
      <clipPath id="plot"><rect x=${view.left} y="-100000" width=${view.width} height="200000"></rect></clipPath>
    </defs>
    <g role="group" aria-label="Expectation windows" clip-path="url(#plot)">${
      scene.bands.map((band, k) => bandRow(band, scene.layout.height + BAND_TOP + k * BAND, picture, pointing))}</g>
    <g role="group" class=${left ? 'many' : ''} aria-label="Causes" clip-path="url(#plot)">${
      drawn.map(arrow => arrowPath(arrow, picture, pointing, arrow === first))}</g>`;
  return { content, left };
}

/**
 * @param {Arrow} arrow
 * @param {Picture} picture
 * @param {Pointing} pointing
 * @param {boolean} isFirst of those that the tab key reaches
 */
function arrowPath(arrow, { scene, view, selected }, pointing, isFirst) {
  const { model, layout, places } = scene;
  const { cause, effect, link, rank } = arrow;
  const way = path(
    view.x(places[cause]), middle(layout, cause), view.x(places[effect]), middle(layout, effect));
  const near = selected >= 0 && isOf(arrow, selected);
  const own = model.types[model.type[effect]] === 'audit.verdict';
  const classes = ['arrow', rank || own ? 'other' : '', near ? 'near' : '', selected >= 0 && !near ? 'far' : '',
    arrow === pointing.arrow ? 'chosen' : ''].join(' ');
  return svg`<g class=${classes} role="button" tabindex=${near || isFirst ? 0 : -1}
      aria-pressed=${arrow === pointing.arrow} aria-label=${arrowName(model, arrow)}
      data-arrow=${`${cause}-${effect}-${rank}`}
      @click=${() => pointing.onArrow(arrow)} @keydown=${pressed(() => pointing.onArrow(arrow))}>
    <path class="target" d=${way}></path>
    <path class="line" d=${way} stroke-width=${weight(link.confidence)} stroke-dasharray=${dash(link.kind) || nothing}
      marker-end=${arrow === pointing.arrow || near ? 'url(#head-chosen)' : 'url(#head)'}></path>
  </g>`;
}

/**
 * An arrow in words.
 * @param {import('./model.js').Model} model
 * @param {Arrow} arrow
 */
export function arrowName(model, { cause, effect, link, rank }) {
  const by = link.rule ? `${link.kind} ${link.rule}` : link.kind;
  return line(`${rank ? 'Other cause' : 'Cause'}: ${model.types[model.type[cause]]} of ${model.services[model.service[cause]]} → `
    + `${model.types[model.type[effect]]} of ${model.services[model.service[effect]]}, after ${spoken(link.delay * 1000)}, `
    + `${by}, confidence ${link.confidence.toFixed(2)}`);
}

/**
 * @param {() => void} act
 * @returns {(event: KeyboardEvent) => void}
 */
function pressed(act) {
  return event => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  };
}

/**
 * @param {Band} band
 * @param {number} y
 * @param {Picture} picture
 * @param {Pointing} pointing
 */
function bandRow(band, y, { scene, view }, pointing) {
  const { folding } = scene;
  /** @param {number} time */
  const at = time => Math.max(-20, Math.min(view.x(folding.place(time)), view.left + view.width + 20));
  const from = at(band.from);
  const to = at(band.to);
  const miss = band.miss === undefined ? undefined : at(band.miss);
  const middle = y + BAND / 2;
  const state = band.finding.state;
  const isChosen = band === pointing.band;
  return svg`<g class=${`band ${state} ${isChosen ? 'chosen' : ''}`} role="button" tabindex="0" aria-pressed=${isChosen}
      aria-label=${bandName(band)} @click=${() => pointing.onBand(band)} @keydown=${pressed(() => pointing.onBand(band))}>
    <rect class="window" x=${from} y=${y + 4} width=${Math.max(1, to - from)} height=${BAND - 8} rx="2"></rect>
    ${isChosen || state === 'MISSED' ? svg`<line class="limit" x1=${to} x2=${to} y1="0" y2=${y + 4}></line>` : nothing}
    <line class="end" x1=${to} x2=${to} y1=${y + 2} y2=${y + BAND - 2}></line>
    ${band.sightings.map(time => svg`<circle class="sighting" cx=${at(time)} cy=${middle} r="3.5"></circle>`)}
    ${miss === undefined ? nothing : missMark(to, miss, middle)}
    <circle class="seal" cx=${to} cy=${middle} r="8"></circle>
    <text class="sign" x=${to} y=${middle + 3.5} text-anchor="middle">${STATES[state]?.sign ?? ''}</text>
    ${bandText(band, Math.max(to, miss ?? to), middle, [from, ...band.sightings.map(at), to], view)}
  </g>`;
}

/**
 * The event that came nearest to counting, and by how much it did not.
 * @param {number} to
 * @param {number} miss
 * @param {number} y
 */
function missMark(to, miss, y) {
  return svg`<line class="by" x1=${to} x2=${miss} y1=${y} y2=${y}></line>
    <path class="miss" d=${`M${miss} ${y - 5.5}L${miss + 5.5} ${y}L${miss} ${y + 5.5}L${miss - 5.5} ${y}Z`}></path>`;
}

/**
 * What was found, where there is room for it: behind the end, between what is drawn in the window, or before it.
 * @param {Band} band
 * @param {number} behind what is drawn behind the end
 * @param {number} y
 * @param {number[]} edges the start of the window, the sightings and the end
 * @param {import('./scale.js').View} view
 */
function bandText(band, behind, y, edges, view) {
  const text = cut(verdictText(band), 90);
  const size = text.length * 6;
  const right = view.left + view.width;
  if (behind + 14 + size < right) {
    return svg`<text class="words" x=${behind + 14} y=${y + 4}>${text}</text>`;
  }
  const shown = edges.map(edge => Math.max(view.left, Math.min(edge, right)));
  const free = shown.findIndex((edge, i) => i > 0 && edge - shown[i - 1] > size + 24);
  if (free > 0) {
    return svg`<text class="words" x=${shown[free - 1] + 9} y=${y + 4}>${text}</text>`;
  }
  return shown[0] - size - 10 > view.left
    ? svg`<text class="words" x=${shown[0] - 8} y=${y + 4} text-anchor="end">${text}</text>`
    : svg`<text class="words" x=${shown[0] + 9} y=${y + 4}>${cut(text, Math.max(8, Math.floor((shown[shown.length - 1] - shown[0] - 24) / 6)))}</text>`;
}

/**
 * A window in words.
 * @param {Band} band
 */
export function bandName(band) {
  const { verdict, finding } = band;
  return line(`${STATES[finding.state]?.word ?? finding.state}: ${verdictText(band)}. `
    + `Window of ${spoken(finding.limit * 1000)} for ${verdict.expectation}, ${verdict.status}`);
}

/**
 * The names beside the rows, or above them where there is no room beside.
 * @param {Picture} picture
 * @param {number} gutter
 */
export function captions({ scene }, gutter) {
  const lanes = scene.layout.lanes.map(lane => ({
    top: lane.top, height: lane.height, indent: lane.depth, name: lane.name,
    more: scene.layout.waterfall ? scene.model.services[lane.service] : '',
  }));
  /** @param {number} indent */
  const room = indent => (gutter ? Math.max(8, Math.floor((gutter - 16 - indent) / 6.6)) : 40);
  return svg`${lanes.map(lane => {
    const indent = Math.min(lane.indent, 12) * 10;
    const name = cut(lane.name, room(indent));
    const more = cut(lane.more, Math.max(0, room(indent) - name.length - 1));
    return svg`<text class=${gutter ? 'name' : 'name inside'} x=${10 + indent} y=${lane.top + (gutter ? lane.height / 2 + 4 : 12)}>${name}${
      more.length > 3 ? svg` <tspan class="quiet">${more}</tspan>` : nothing}<title>${line(`${lane.name} ${lane.more}`)}</title></text>`;
  })}
    ${scene.bands.length ? svg`<text class="name heading" x="10" y=${scene.layout.height + 20}>Was it right?</text>` : nothing}
    ${gutter ? scene.bands.map((band, k) => caption(band, scene.layout.height + BAND_TOP + k * BAND, gutter)) : nothing}`;
}

/**
 * @param {Band} band
 * @param {number} y
 * @param {number} gutter
 */
function caption({ verdict, leads }, y, gutter) {
  if (!leads) {
    return nothing;
  }
  const sign = STATUSES[verdict.status]?.sign ?? '';
  return svg`<text class=${`name status ${verdict.status}`} x="10" y=${y + BAND / 2 + 4}>${sign} <tspan class="what">${
    cut(verdict.expectation, Math.floor((gutter - 34) / (verdict.status === 'FAILED' ? 7 : 6.4)))}</tspan><title>${line(verdict.expectation)}</title></text>`;
}

