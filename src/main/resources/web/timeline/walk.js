/** From event to event by keys. */
import { inView } from './density.js';

/** @typedef {import('./model.js').Model} Model */
/** @typedef {import('./lanes.js').Layout} Layout */

/**
 * @typedef {object} Ground
 * @property {Model} model
 * @property {Layout} layout
 * @property {Float64Array} places
 * @property {Int32Array} order all events in the order of time
 */

/**
 * The event to which a key leads; the same one if it leads nowhere.
 * @param {Ground} ground
 * @param {number} from an event, or -1 at first
 * @param {string} key
 */
export function step(ground, from, key) {
  const {order} = ground;
  if (!order.length) return -1;
  if (from < 0) return order[key === 'End' ? order.length - 1 : 0];
  switch (key) {
    case 'ArrowLeft':
      return along(ground, from, -1);
    case 'ArrowRight':
      return along(ground, from, 1);
    case 'ArrowUp':
      return across(ground, from, -1);
    case 'ArrowDown':
      return across(ground, from, 1);
    case 'Home':
      return order[0];
    case 'End':
      return order[order.length - 1];
    case 'c':
      return ground.model.arrows.find(arrow => arrow.effect === from && arrow.rank === 0)?.cause ?? from;
    case 'e':
      return ground.model.arrows.find(arrow => arrow.cause === from && arrow.rank === 0)?.effect ?? from;
    default:
      return from;
  }
}

/**
 * @param {Ground} ground
 * @param {number} from
 * @param {number} by
 */
function along({order}, from, by) {
  const place = order.indexOf(from) + by;
  return order[Math.max(0, Math.min(place, order.length - 1))];
}

/**
 * The event nearest in time in the next lane that has any.
 * @param {Ground} ground
 * @param {number} from
 * @param {number} by
 */
function across({layout, places}, from, by) {
  for (let k = layout.lane[from] + by; k >= 0 && k < layout.lanes.length; k += by) {
    const {events} = layout.lanes[k];
    if (events.length) return nearest(events, places, places[from]);
  }
  return from;
}

/**
 * The event of a lane that is nearest to a place.
 * @param {Int32Array} events not empty
 * @param {Float64Array} places
 * @param {number} place
 */
export function nearest(events, places, place) {
  const [next] = inView(events, places, place, place);
  const after = events[Math.min(next, events.length - 1)];
  const before = events[Math.max(0, next - 1)];
  return Math.abs(places[after] - place) < Math.abs(places[before] - place) ? after : before;
}
