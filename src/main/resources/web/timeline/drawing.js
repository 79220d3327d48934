/** The picture: a canvas with what happened, below an SVG with what can be pointed at. */
import { LitElement, css, html, nothing, svg } from 'lit';
import { shared } from '../styles.js';
import { Keyboard } from './keyboard.js';
import { lookAt } from './look.js';
import { measure } from './measure.js';
import { Pointer } from './pointer.js';
import { AXIS, paint } from './paint.js';
import { bandsHeight, captions, overlay } from './overlay.js';
import { View, whole } from './scale.js';
import { revealed, scrolled } from './reveal.js';
import { words } from './words.js';
import { drawingStyle } from './style.js';

/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./model.js').Arrow} Arrow */
/** @typedef {import('./bands.js').Band} Band */

/** The picture of a timeline. Tells of `pick` (an event's place), `arrow`, `band`, `look` (another view). */
export class AuditLanes extends LitElement {
  static properties = {
    scene: { attribute: false },
    selected: { attribute: false },
    arrow: { attribute: false },
    band: { attribute: false },
    whiskers: { attribute: false },
    said: { state: true },
    view: { state: true },
  };

  static styles = [shared, drawingStyle, css`:host { position: relative; }`];

  constructor() {
    super();
    /** @type {Scene | undefined} */
    this.scene = undefined;
    this.selected = -1;
    /** @type {Arrow | undefined} */
    this.arrow = undefined;
    /** @type {Band | undefined} */
    this.band = undefined;
    /** @type {import('./clocks.js').Whisker[]} */
    this.whiskers = [];
    this.said = '';
    /** @type {View | undefined} */
    this.view = undefined;
    /** @type {[number, number] | undefined} the places that were asked for before there was a view */
    this.asked = undefined;
    /** whether the scene has not been drawn yet */
    this.fresh = true;
    this.size = { width: 0, height: 0 };
    this.pointer = new Pointer(this);
    this.keyboard = new Keyboard(this);
    this.resized = new ResizeObserver(() => this.fit());
    /** @type {import('./look.js').Look | undefined} */
    this.look = undefined;
    this.onTheme = () => {
      this.look = undefined;
      this.requestUpdate();
    };
    this.themed = new MutationObserver(this.onTheme);
    this.dark = matchMedia('(prefers-color-scheme: dark)');
  }

  connectedCallback() {
    super.connectedCallback();
    this.themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    this.dark.addEventListener('change', this.onTheme);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.themed.disconnect();
    this.dark.removeEventListener('change', this.onTheme);
  }

  firstUpdated() {
    this.resized.observe(this.scroller);
    this.fit();
  }

  get scroller() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.scroller'));
  }

  /** Where the names of lanes end. */
  get gutter() {
    const { width } = this.size;
    return width < 760 ? 0 : Math.min(268, Math.round(width * 0.2));
  }

  get height() {
    return this.scene ? AXIS + this.scene.layout.height + bandsHeight(this.scene.bands) : 0;
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.scroller;
    if (width !== this.size.width || height !== this.size.height) {
      this.size = { width, height };
      if (this.view) {
        this.view = new View(this.view.from, this.view.to, this.gutter, width - this.gutter);
      }
      this.requestUpdate();
    }
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    this.fresh ||= changed.has('scene');
    if (this.scene && this.size.width && (!this.view || changed.has('scene'))) {
      this.view = this.first(/** @type {Scene | undefined} */ (changed.get('scene')));
    }
  }

  /**
   * What is shown of a scene at first: what was asked for, or as much time as before.
   * @param {Scene | undefined} before
   */
  first(before) {
    const { folding } = /** @type {Scene} */ (this.scene);
    const all = whole(folding.length, this.gutter, this.size.width - this.gutter);
    const times = this.asked ?? (before && this.view && this.isZoomed(before)
      ? [before.folding.time(this.view.from), before.folding.time(this.view.to)] : undefined);
    this.asked = undefined;
    return times ? all.at(folding.place(times[0]), Math.max(1e-6, folding.place(times[1]) - folding.place(times[0])), folding.length) : all;
  }

  /** @param {Scene} scene */
  isZoomed(scene) {
    return this.view !== undefined && this.view.to - this.view.from < scene.folding.length;
  }

  /** The picture as it is to be painted. */
  get picture() {
    const scene = /** @type {Scene} */ (this.scene);
    const view = /** @type {View} */ (this.view);
    const probe = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.probe'));
    this.look ??= lookAt(probe);
    return {
      scene, view, look: this.look, width: this.size.width, height: this.size.height,
      scroll: this.scroller.scrollTop, selected: this.selected, whiskers: this.whiskers,
    };
  }

  updated() {
    this.style.setProperty('--content', `${this.height}px`);
    if (this.scene && this.view) {
      this.draw();
      if (this.fresh) {
        this.fresh = false;
        this.dispatchEvent(new CustomEvent('drawn'));
      }
    }
  }

  draw() {
    const begun = performance.now();
    const canvas = /** @type {HTMLCanvasElement} */ (this.renderRoot.querySelector('canvas'));
    const { width, height } = this.size;
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { alpha: false }));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context, this.picture);
    measure('timeline-painted', begun);
  }

  /** @param {View} view */
  show(view) {
    this.view = view;
    this.dispatchEvent(new CustomEvent('look'));
  }

  /** The times that are shown, or undefined if it is all. */
  get shown() {
    return this.scene && this.view && this.isZoomed(this.scene)
      ? [this.scene.folding.time(this.view.from), this.scene.folding.time(this.view.to)] : undefined;
  }

  /** @param {number} by */
  zoom(by) {
    if (this.scene && this.view) {
      const { places, folding } = this.scene;
      const middle = (this.view.from + this.view.to) / 2;
      const at = places[this.selected];
      const around = at >= this.view.from && at <= this.view.to ? at : middle;
      this.show(this.view.zoomed(by, around, folding.length));
    }
  }

  all() {
    if (this.scene) {
      this.show(whole(this.scene.folding.length, this.gutter, this.size.width - this.gutter));
    }
  }

  /** @param {number} share */
  pan(share) {
    if (this.scene && this.view) {
      this.show(this.view.moved(share, this.scene.folding.length));
    }
  }

  /** @param {number} i the event to go to */
  walk(i) {
    this.selected = i;
    this.reveal(i);
    this.said = i < 0 || !this.scene ? '' : words(this.scene, i);
    this.dispatchEvent(new CustomEvent('pick', { detail: i }));
  }

  /** Moves the view so that an event is in it. @param {number} i */
  reveal(i) {
    if (this.scene && this.view && i >= 0) {
      const seen = revealed(this.scene, this.view, i);
      if (seen !== this.view) {
        this.show(seen);
      }
      const { scrollTop, clientHeight } = this.scroller;
      this.scroller.scrollTop = scrolled(this.scene.layout, i, scrollTop, clientHeight);
    }
  }

  render() {
    const ready = this.scene && this.view && this.size.width;
    const over = ready ? overlay(this.picture, {
      arrow: this.arrow,
      band: this.band,
      gutter: this.gutter,
      onArrow: arrow => this.dispatchEvent(new CustomEvent('arrow', { detail: arrow })),
      onBand: band => this.dispatchEvent(new CustomEvent('band', { detail: band })),
    }) : { content: nothing, left: 0 };
    return html`<span class="probe" aria-hidden="true"></span>
      <div class="scroller" tabindex="0" role="application" aria-label="Timeline. Arrow keys go from event to event"
          @keydown=${this.keyboard.press} @scroll=${() => this.requestUpdate()}>
        <div class="stage" @keydown=${this.keyboard.along} @pointerdown=${this.pointer.down} @pointermove=${this.pointer.move}
            @pointerup=${this.pointer.up} @pointercancel=${this.pointer.up} @dblclick=${this.pointer.double}>
          <canvas aria-hidden="true"></canvas>
          <svg class="over" focusable="false">
            ${ready ? svg`<g transform=${`translate(0 ${-this.scroller.scrollTop})`}>${captions(this.picture, this.gutter)}${over.content}</g>` : nothing}
          </svg>
        </div>
        <div class="rest"></div>
      </div>
      ${over.left ? html`<p class="quiet remark" role="status">${over.left} causes have no arrow here: look closer, or select an event</p>` : nothing}
      <div class="seen-by-ear" role="status" aria-live="polite">${this.said}</div>`;
  }
}

customElements.define('audit-lanes', AuditLanes);
