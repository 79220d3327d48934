/** Draws what is in view onto a canvas: ground, folds, axis, and lane by lane what happened. */
import { chain } from './arrows.js';
import { spoken } from './instant.js';
import { laneColor } from './look.js';
import { paintLane } from './paintlane.js';
import { label, step, ticks } from './ticks.js';

/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./scale.js').View} View */
/** @typedef {import('./look.js').Look} Look */

export const AXIS = 30;

/**
 * @typedef {object} Picture
 * @property {Scene} scene
 * @property {View} view
 * @property {Look} look
 * @property {number} width pixels
 * @property {number} height
 * @property {number} scroll how far the lanes are scrolled up
 * @property {number} selected an event, or -1
 * @property {import('./clocks.js').Whisker[]} whiskers of the services; none if they are not asked for
 */

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 */
export function paint(canvas, picture) {
  const { look, width, height, scene, scroll } = picture;
  canvas.globalAlpha = 1;
  canvas.fillStyle = look.ground;
  canvas.fillRect(0, 0, width, height);
  const shown = scene.layout.lanes.filter(
    lane => AXIS + lane.top - scroll < height && AXIS + lane.top + lane.height - scroll > AXIS);
  shown.forEach(lane => ground(canvas, picture, lane));
  grid(canvas, picture);
  folds(canvas, picture);
  const chosen = picture.selected < 0 ? undefined : chain(scene.model, picture.selected);
  canvas.save();
  canvas.beginPath();
  canvas.rect(picture.view.left, AXIS, picture.view.width, height - AXIS);
  canvas.clip();
  shown.forEach(lane => paintLane(canvas, picture, lane, AXIS - scroll, chosen));
  canvas.restore();
  axis(canvas, picture);
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 * @param {import('./lanes.js').Lane} lane
 */
function ground(canvas, { look, width, scene, scroll, view }, lane) {
  const y = AXIS + lane.top - scroll;
  const place = scene.layout.lanes.indexOf(lane);
  if (place % 2 === 0) {
    canvas.fillStyle = look.soft;
    canvas.fillRect(0, y, width, lane.height);
  }
  canvas.fillStyle = laneColor(look, lane.service);
  canvas.fillRect(0, y + 3, 3, lane.height - 6);
  canvas.fillStyle = look.line;
  canvas.fillRect(view.left, y + lane.height - 1, view.width, 1);
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 */
function grid(canvas, { scene, view, look, height }) {
  canvas.fillStyle = look.line;
  canvas.globalAlpha = 0.6;
  for (const tick of ticks(scene.folding, view, scene.zero, 90)) {
    canvas.fillRect(Math.round(tick.x), AXIS, 1, height - AXIS);
  }
  canvas.globalAlpha = 1;
}

/**
 * Folded stretches: hatched, between two torn edges, with how long they were above.
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 */
function folds(canvas, { scene: { folding }, view, look, height }) {
  folding.places.forEach(place => {
    const from = view.x(place);
    const to = view.x(place + folding.foldWidth);
    if (to < view.left || from > view.left + view.width) {
      return;
    }
    canvas.save();
    canvas.beginPath();
    canvas.rect(Math.max(from, view.left), AXIS, Math.min(to, view.left + view.width) - Math.max(from, view.left), height - AXIS);
    canvas.clip();
    canvas.fillStyle = look.strong;
    canvas.globalAlpha = 0.75;
    canvas.fill();
    canvas.strokeStyle = look.line;
    canvas.globalAlpha = 1;
    canvas.lineWidth = 1;
    canvas.beginPath();
    for (let y = AXIS - (to - from); y < height; y += 9) {
      canvas.moveTo(from, y + (to - from));
      canvas.lineTo(to, y);
    }
    canvas.stroke();
    canvas.restore();
  });
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 */
function axis(canvas, { scene, view, look, width }) {
  canvas.fillStyle = look.ground;
  canvas.fillRect(0, 0, width, AXIS - 1);
  canvas.fillStyle = look.line;
  canvas.fillRect(0, AXIS - 1, width, 1);
  canvas.font = `11px ${look.font}`;
  canvas.textBaseline = 'middle';
  canvas.textAlign = 'center';
  const taken = foldLabels(canvas, { scene, view, look });
  canvas.fillStyle = look.quiet;
  const every = step(90 / view.factor);
  for (const tick of ticks(scene.folding, view, scene.zero, 90)) {
    const text = label(tick.time - scene.zero, every);
    const half = canvas.measureText(text).width / 2;
    if (tick.x - half > view.left - 12 && tick.x + half < width && isFree(taken, tick.x, half + 4)) {
      canvas.fillText(text, tick.x, AXIS / 2);
      canvas.fillRect(Math.round(tick.x), AXIS - 5, 1, 4);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {{scene: Scene, view: View, look: Look}} picture
 * @returns {{x: number, half: number}[]} where they stand
 */
function foldLabels(canvas, { scene: { folding }, view, look }) {
  /** @type {{x: number, half: number}[]} */
  const taken = [];
  folding.folds.forEach((fold, i) => {
    const x = view.x(folding.places[i] + folding.foldWidth / 2);
    const text = `⟩ ${spoken(fold.to - fold.from)} ⟨`;
    const half = canvas.measureText(text).width / 2 + 3;
    if (x > view.left && x < view.left + view.width && isFree(taken, x, half)) {
      canvas.fillStyle = look.ink;
      canvas.fillText(text, x, AXIS / 2);
      taken.push({ x, half });
    }
  });
  return taken;
}

/**
 * @param {{x: number, half: number}[]} taken
 * @param {number} x
 * @param {number} half
 */
function isFree(taken, x, half) {
  return taken.every(other => Math.abs(other.x - x) >= other.half + half);
}
