// A topology as a drawing: nodes as boxes with links, edges as curves with an arrow.
import { css, html, nothing, svg } from 'lit';
import { href } from '../state.js';
import { cut, line } from '../text.js';
import { HEIGHT, WIDTH } from './topology-layout.js';
import { delays, rate, errors } from './topology-words.js';

/** @typedef {import('./topology-layout.js').Node} Node */
/** @typedef {import('./topology-layout.js').Edge} Edge */
/** @typedef {import('./topology-layout.js').Layout} Layout */
/** @typedef {import('./topology-layout.js').Place} Place */

const NAME = 23;
const FEW = 24;

export const drawingStyles = css`
  .drawing { overflow: auto; padding: var(--gap); }
  svg { display: block; max-width: none; font: inherit; }
  svg text { fill: var(--ink); font-size: 12px; }
  svg text.second { fill: var(--ink-2); font-size: 11px; font-variant-numeric: tabular-nums; }
  svg .frame { fill: var(--ground-2); stroke: var(--line); }
  svg a:hover .frame, svg a[aria-current='true'] .frame { stroke: var(--accent); stroke-width: 2; }
  svg a { text-decoration: none; outline: none; }
  svg a:focus-visible .frame { stroke: var(--accent); stroke-width: 3; }
  svg .LIVE { fill: var(--passed); }
  svg .DEGRADED { fill: var(--inconclusive); }
  svg .DEAD { fill: var(--failed); }
  svg .UNKNOWN { fill: var(--pending); }
  svg a.DEAD-node .frame { stroke-dasharray: 4 3; }
  svg path { fill: none; stroke: var(--ink-2); stroke-width: 1.5; }
  svg path.DATA_FLOW { stroke-dasharray: 5 4; }
  svg path.edge-FAILED { stroke: var(--failed); }
  svg path.edge-DEGRADED { stroke: var(--inconclusive); }
  svg path.edge-UNKNOWN { stroke: var(--line); }
  svg path.critical { stroke-width: 2.5; }
  svg marker path { fill: var(--ink-2); stroke: none; }
  svg text.edge { font-size: 11px; fill: var(--ink-2); text-anchor: middle; paint-order: stroke; stroke: var(--ground); stroke-width: 4px; font-variant-numeric: tabular-nums; }
  svg .aside { opacity: .3; }
`;

/**
 * @param {{nodes: Node[], edges: Edge[], layout: Layout, chosen: string, reached: Set<string>, pick: (event: Event, id: string) => void}} what
 */
export function drawing({ nodes, edges, layout, chosen, reached, pick }) {
  /** @param {string} id */
  const isAside = id => chosen !== '' && id !== chosen && !reached.has(id)
    && !edges.some(each => [each.source, each.target].includes(chosen) && [each.source, each.target].includes(id));
  /** @param {Edge} edge */
  const isLabelled = edge => edges.length <= FEW || edge.source === chosen || edge.target === chosen;
  return html`<div class="drawing" tabindex="0" role="region" aria-label="Who calls whom">
    <svg width=${layout.width} height=${layout.height} viewBox=${`0 0 ${layout.width} ${layout.height}`}>
      <defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path d="M0 0L8 4L0 8z"></path></marker></defs>
      <g aria-hidden="true">${edges.map(each => curve(each, layout, isAside(each.source) || isAside(each.target)))}</g>
      <g aria-hidden="true">${edges.filter(isLabelled).map(each => label(each, layout, isAside(each.source) || isAside(each.target)))}</g>
      ${nodes.map(each => box(each, /** @type {Place} */ (layout.places.get(each.id)), { chosen, isAside: isAside(each.id), pick }))}
    </svg></div>`;
}

/**
 * @param {Node} node
 * @param {Place} place
 * @param {{chosen: string, isAside: boolean, pick: (event: Event, id: string) => void}} how
 */
function box(node, place, { chosen, isAside, pick }) {
  const second = node.type === node.name ? '' : cut(node.type, NAME) + ' · ';
  return svg`<a href=${href({ view: 'topology', node: node.id })} data-node=${node.id}
      class=${(isAside ? 'aside ' : '') + node.status + '-node'} aria-current=${node.id === chosen ? 'true' : 'false'}
      aria-label=${[line(node.name), node.type === node.name ? '' : line(node.type), node.status, rate(node.traffic), errors(node.traffic)].filter(Boolean).join(', ')}
      @click=${(/** @type {Event} */ event) => pick(event, node.id)}>
    <title>${line(node.reason)}</title>
    <rect class="frame" x=${place.x} y=${place.y} width=${WIDTH} height=${HEIGHT} rx="3"></rect>
    <rect class=${node.status} x=${place.x} y=${place.y} width="5" height=${HEIGHT}></rect>
    <text x=${place.x + 14} y=${place.y + 18} font-weight="600">${cut(node.name, NAME)}</text>
    <text class="second" x=${place.x + 14} y=${place.y + 34}>${second}${node.status.toLowerCase()}</text>
    <text class="second" x=${place.x + 14} y=${place.y + 50}>${[rate(node.traffic), errors(node.traffic)].filter(Boolean).join(' · ')}</text>
  </a>`;
}

/**
 * From the right of one node to the left of another; one that goes back, below both.
 * @param {Edge} edge
 * @param {Layout} layout
 */
function ends(edge, layout) {
  const from = /** @type {Place} */ (layout.places.get(edge.source));
  const to = /** @type {Place} */ (layout.places.get(edge.target));
  const isBack = to.x <= from.x;
  // Several edges between two nodes are drawn apart.
  const shift = { GRPC: 0, HTTP: 8, DATA_FLOW: -8 }[edge.connection] ?? 0;
  return {
    isBack,
    x1: from.x + (isBack ? WIDTH / 2 + 20 : WIDTH), y1: isBack ? from.y + HEIGHT : from.y + HEIGHT / 2 + shift,
    x2: isBack ? to.x + WIDTH / 2 - 20 : to.x, y2: isBack ? to.y + HEIGHT : to.y + HEIGHT / 2 + shift,
  };
}

/**
 * @param {Edge} edge
 * @param {Layout} layout
 * @param {boolean} isAside
 */
function curve(edge, layout, isAside) {
  const { isBack, x1, y1, x2, y2 } = ends(edge, layout);
  const bend = isBack ? 40 + Math.abs(x2 - x1) / 12 : Math.max(30, (x2 - x1) / 2);
  const path = isBack
    ? `M${x1} ${y1}C${x1} ${Math.max(y1, y2) + bend} ${x2} ${Math.max(y1, y2) + bend} ${x2} ${y2}`
    : `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  return svg`<path class=${`${edge.connection} edge-${edge.status}${edge.critical ? ' critical' : ''}${isAside ? ' aside' : ''}`}
    d=${path} marker-end="url(#arrow)"></path>`;
}

/**
 * @param {Edge} edge
 * @param {Layout} layout
 * @param {boolean} isAside
 */
function label(edge, layout, isAside) {
  const text = edge.traffic ? [rate(edge.traffic), delays(edge.traffic)].filter(Boolean) : [];
  if (!text.length) {
    return nothing;
  }
  const { isBack, x1, y1, x2, y2 } = ends(edge, layout);
  const y = isBack ? Math.max(y1, y2) + 28 : (y1 + y2) / 2;
  return text.map((each, i) => svg`<text class=${'edge' + (isAside ? ' aside' : '')} x=${(x1 + x2) / 2} y=${y - 4 + 13 * i}>${each}</text>`);
}
