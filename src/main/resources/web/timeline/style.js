/** How the picture looks, as far as it is no canvas. */
import { css } from 'lit';

export const drawingStyle = css`
  .probe { position: absolute; visibility: hidden; font: var(--size) var(--font); }
  .scroller { overflow-x: hidden; overflow-y: auto; height: var(--content, 20rem); max-height: max(22rem, calc(100vh - 9.5rem)); position: relative; border-bottom: 1px solid var(--line); }
  .scroller:focus-visible { outline-offset: -2px; }
  .stage { position: sticky; top: 0; height: 100%; touch-action: pan-y; cursor: crosshair; user-select: none; }
  .rest { height: max(0px, calc(var(--content, 0px) - 100%)); }
  canvas { display: block; width: 100%; height: 100%; }
  svg.over { position: absolute; left: 0; top: 30px; width: 100%; height: calc(100% - 30px); overflow: hidden; pointer-events: none; }
  svg.over text { font: 11px var(--font); fill: var(--ink-2); }
  svg.over .name { font-size: 12px; fill: var(--ink); }
  svg.over .name.inside { font-size: 11px; fill: var(--ink-2); }
  svg.over .quiet { fill: var(--ink-2); font-size: 11px; }
  svg.over .heading { font-weight: 600; }
  .status.PASSED { fill: var(--passed); } .status.FAILED { fill: var(--failed); }
  .status.PENDING { fill: var(--pending); } .status.INCONCLUSIVE { fill: var(--inconclusive); }
  svg.over .status { font-weight: 700; }
  svg.over .status .what { font-weight: 400; fill: var(--ink); }
  svg.over .status.FAILED .what { font-weight: 600; }

  .arrow { cursor: pointer; outline: none; color: var(--ink-2); }
  .arrow .target { fill: none; stroke: transparent; stroke-width: 11; pointer-events: stroke; }
  .arrow .line { fill: none; stroke: currentColor; opacity: .75; }
  .arrow.other .line { opacity: .38; }
  .arrow.far .line { opacity: .18; }
  .many .arrow .line { opacity: .3; }
  .arrow.near, .arrow.chosen, .arrow:hover { color: var(--accent); }
  .arrow.near .line, .arrow.chosen .line, .arrow:hover .line, .many .arrow:is(.near, .chosen, :hover) .line { opacity: 1; }
  .arrow.chosen .line { stroke-width: 3.25; }
  .arrow:focus-visible .target { stroke: var(--accent); stroke-opacity: .35; }
  .head path { fill: var(--ink-2); } .head-chosen path { fill: var(--accent); }

  .band { cursor: pointer; outline: none; pointer-events: all; --state: var(--pending); --state-ground: var(--pending-ground); }
  .band.MET { --state: var(--passed); --state-ground: var(--passed-ground); }
  .band.MISSED { --state: var(--failed); --state-ground: var(--failed-ground); }
  .band.UNCERTAIN { --state: var(--inconclusive); --state-ground: var(--inconclusive-ground); }
  .band .window { fill: var(--state-ground); stroke: var(--state); stroke-opacity: .45; }
  .band:hover .window { stroke-opacity: 1; }
  .band.chosen .window, .band:focus-visible .window { stroke: var(--accent); stroke-opacity: 1; stroke-width: 2; }
  .band .end { stroke: var(--state); stroke-width: 2; }
  .band .limit { stroke: var(--state); stroke-dasharray: 2 4; pointer-events: none; }
  .band .seal { fill: var(--state); }
  svg.over .band .sign { fill: var(--ground); font-weight: 700; }
  .band .sighting { fill: var(--state); stroke: var(--state-ground); stroke-width: 1.5; }
  .band .by { stroke: var(--state); stroke-width: 1.5; stroke-dasharray: 2 3; }
  .band .miss { fill: var(--ground); stroke: var(--state); stroke-width: 1.75; }
  svg.over .band .words { fill: var(--ink); }
  .remark { padding: 2px calc(2 * var(--gap)); }
`;
