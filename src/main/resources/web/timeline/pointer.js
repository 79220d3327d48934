/** Mouse, finger and wheel over the picture: drag to move, wheel with ctrl to look closer, click to select. */
import { inView } from './density.js';
import { laneAt, middle } from './lanes.js';
import { AXIS } from './paint.js';

/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./scale.js').View} View */

const REACH = 10;

/**
 * The event at a point, or -1.
 * @param {Scene} scene
 * @param {View} view
 * @param {number} x
 * @param {number} y from the start of all lanes
 */
export function eventAt(scene, view, x, y) {
  const lane = laneAt(scene.layout, y);
  if (!lane || x < view.left) {
    return -1;
  }
  const place = view.place(x);
  const reach = REACH / view.factor;
  let best = -1;
  let nearest = Infinity;
  const [first, behind] = inView(lane.events, scene.places, place - (lane.hasSpans ? scene.folding.length : reach), place + reach);
  for (let k = first; k < behind; k++) {
    const i = lane.events[k];
    const before = Math.max(0, place - scene.ends[i], scene.places[i] - place);
    const distance = before * view.factor + Math.abs(middle(scene.layout, i) - y) / 2;
    if (before <= reach && distance <= nearest) {
      nearest = distance;
      best = i;
    }
  }
  return best;
}

export class Pointer {
  /** @param {import('./drawing.js').AuditLanes} lanes */
  constructor(lanes) {
    this.lanes = lanes;
    /** @type {{x: number, view: View, moved: boolean} | undefined} */
    this.drag = undefined;
    this.down = this.down.bind(this);
    this.move = this.move.bind(this);
    this.up = this.up.bind(this);
    this.double = this.double.bind(this);
    this.wheel = this.wheel.bind(this);
    lanes.addEventListener('wheel', this.wheel, { passive: false });
  }

  /** @param {PointerEvent} event */
  down(event) {
    const { view } = this.lanes;
    if (event.button === 0 && view && !isButton(event)) {
      this.drag = { x: event.clientX, view, moved: false };
    }
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { drag } = this;
    const { scene } = this.lanes;
    if (!drag || !scene) {
      return;
    }
    const by = event.clientX - drag.x;
    if (!drag.moved && Math.abs(by) > 4) {
      drag.moved = true;
      /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    }
    if (drag.moved) {
      this.lanes.show(drag.view.moved(-by / drag.view.width, scene.folding.length));
    }
  }

  /** @param {PointerEvent} event */
  up(event) {
    const { drag } = this;
    this.drag = undefined;
    if (drag && !drag.moved && event.type === 'pointerup') {
      this.lanes.walk(this.at(event));
    }
  }

  /** @param {MouseEvent} event */
  double(event) {
    const { view, scene } = this.lanes;
    if (view && scene) {
      this.lanes.show(view.zoomed(2, view.place(this.x(event)), scene.folding.length));
    }
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    const { view, scene } = this.lanes;
    if (!view || !scene) {
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      this.lanes.show(view.zoomed(Math.exp(-event.deltaY / 300), view.place(this.x(event)), scene.folding.length));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.lanes.show(view.moved(event.deltaX / view.width, scene.folding.length));
    } else {
      return;
    }
    event.preventDefault();
  }

  /** @param {MouseEvent} event */
  x(event) {
    return event.clientX - this.lanes.scroller.getBoundingClientRect().left;
  }

  /** @param {MouseEvent} event */
  at(event) {
    const { scene, view, scroller } = this.lanes;
    const y = event.clientY - scroller.getBoundingClientRect().top - AXIS + scroller.scrollTop;
    return scene && view ? eventAt(scene, view, this.x(event), y) : -1;
  }
}

/** @param {Event} event */
function isButton(event) {
  return event.composedPath().some(each => each instanceof Element && each.getAttribute('role') === 'button');
}
