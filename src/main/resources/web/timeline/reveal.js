/** Where to look so that an event is seen. */
import { AXIS } from './paint.js';

const EDGE = 0.02;

/**
 * The view in which an event is: the same one if it is in it.
 * @param {import('./scene.js').Scene} scene
 * @param {import('./scale.js').View} view
 * @param {number} i
 */
export function revealed(scene, view, i) {
  const place = scene.places[i];
  const size = view.to - view.from;
  return place < view.from + size * EDGE || place > view.to - size * EDGE
    ? view.at(place - size / 2, size, scene.folding.length) : view;
}

/**
 * How far to scroll.
 * @param {import('./lanes.js').Layout} layout
 * @param {number} i
 * @param {number} scroll how far it is scrolled
 * @param {number} height of what is seen
 */
export function scrolled(layout, i, scroll, height) {
  const lane = layout.lanes[layout.lane[i]];
  const isSeen = lane.top >= scroll && lane.top + lane.height + AXIS <= scroll + height;
  return isSeen ? scroll : lane.top - height / 3;
}
