/** Keys over the picture: from event to event, and along arrows. */
import { step } from './walk.js';

const STEPS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'c', 'e'];

/** @type {Record<string, number>} */
const PANS = { ArrowLeft: -0.2, ArrowRight: 0.2, ArrowUp: 0, ArrowDown: 0 };

export class Keyboard {
  /** @param {import('./drawing.js').AuditLanes} lanes */
  constructor(lanes) {
    this.lanes = lanes;
    this.press = this.press.bind(this);
    this.along = this.along.bind(this);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { lanes } = this;
    if (!lanes.scene || event.ctrlKey || event.metaKey || event.altKey || event.target !== lanes.scroller) {
      return;
    }
    if (event.shiftKey && event.key in PANS) {
      lanes.pan(PANS[event.key]);
    } else if (STEPS.includes(event.key)) {
      lanes.walk(step(lanes.scene, lanes.selected, event.key));
    } else if (event.key === 'Enter' && lanes.selected >= 0) {
      lanes.dispatchEvent(new CustomEvent('open', { detail: lanes.selected }));
    } else {
      return;
    }
    event.preventDefault();
  }

  /** From one arrow to the next. @param {KeyboardEvent} event */
  along(event) {
    const root = this.lanes.renderRoot;
    const at = /** @type {SVGElement | null} */ (root.querySelector('.arrow:focus'));
    if (at && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const all = /** @type {SVGElement[]} */ ([...root.querySelectorAll('.arrow')]);
      all[all.indexOf(at) + (event.key === 'ArrowLeft' ? -1 : 1)]?.focus();
      event.preventDefault();
    }
  }
}
