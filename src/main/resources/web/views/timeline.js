/** The causal swim-lane: what happened, why, and was it right. */
import { html, nothing } from 'lit';
import { AuditElement } from '../element.js';
import { get } from '../service.js';
import { href, put } from '../state.js';
import { line } from '../text.js';
import '../timeline/drawing.js';
import { acts } from '../timeline/acts.js';
import { bar } from '../timeline/bar.js';
import { remarks, whiskers } from '../timeline/clocks.js';
import { detailsOf } from '../timeline/details.js';
import { Following } from '../timeline/follow.js';
import { spoken } from '../timeline/instant.js';
import { keys } from '../timeline/keys.js';
import { legend } from '../timeline/legend.js';
import { load } from '../timeline/load.js';
import { measure } from '../timeline/measure.js';
import { sceneOf } from '../timeline/scene.js';
import { start } from '../timeline/start.js';
import { stretch, written } from '../timeline/stretch.js';
import { tables } from '../timeline/table.js';
import { viewStyle } from '../timeline/viewstyle.js';

/** @typedef {import('../timeline/model.js').Arrow} Arrow */
/** @typedef {import('../timeline/bands.js').Band} Band */
/** @typedef {import('../timeline/drawing.js').AuditLanes} AuditLanes */

/** What the timeline is asked for by; with another of these it is another timeline. */
const QUESTION = ['run', 'trace', 'key', 'event', 'to', 'from'];

const NOTHING = html`<div class="empty"><p>No events. They may not have been told yet, or not be kept any more.</p></div>`;

/** The view. */
export class AuditTimeline extends AuditElement {
  static properties = { told: { state: true }, whole: { state: true }, runs: { state: true }, row: { state: true } };

  static styles = [...AuditElement.styles, viewStyle];

  constructor() {
    super();
    /** @type {import('../timeline/load.js').Told | undefined} */
    this.told = undefined;
    /** @type {import('../timeline/scene.js').Scene | undefined} */
    this.scene = undefined;
    /** @type {Record<string, any> | undefined} the selected event as the service has it */
    this.whole = undefined;
    /** @type {any[] | undefined} */
    this.runs = undefined;
    this.row = 0;
    this.asked = '';
    this.drawn = '';
    this.looking = 0;
    this.following = new Following(() => this.again());
  }

  connectedCallback() {
    super.connectedCallback();
    this.following.follow(this.state);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.following.end();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const asked = JSON.stringify(QUESTION.map(name => this.state[name]));
    if (asked !== this.asked) {
      this.asked = asked;
      this.ask();
      this.following.follow(this.state);
    }
    const choices = this.choices;
    const drawn = JSON.stringify(choices);
    if (this.told && (changed.has('told') || drawn !== this.drawn)) {
      this.drawn = drawn;
      this.scene = sceneOf(this.told.model, this.told.verdicts, choices);
    }
    if (changed.has('state') || changed.has('told')) {
      this.fetchSelected();
    }
  }

  get choices() {
    const { state } = this;
    return {
      fold: state.fold !== 'off',
      corrected: state.clocks === 'corrected',
      waterfall: state.lanes ? state.lanes === 'spans' : Boolean(state.trace),
    };
  }

  ask() {
    this.told = undefined;
    this.scene = undefined;
    this.incomplete = [];
    this.row = 0;
    this.load(async signal => {
      const asked = QUESTION.some(name => this.state[name]);
      if (!asked) {
        this.runs = (await get('/api/v1/scenarios', { limit: 50 }, signal)).scenarios;
        return;
      }
      await load(this.state, told => {
        if (!signal.aborted) {
          performance.clearMarks('timeline-told');
          performance.mark('timeline-told');
          this.told = told;
          this.incomplete = told.incomplete;
        }
      }, signal);
    });
  }

  /** Asks once more, and shows what there was until all of the new is there. */
  async again() {
    if (this.busy) {
      this.following.soon();
      return false;
    }
    await this.load(async signal => {
      /** @type {import('../timeline/load.js').Told | undefined} */
      let told;
      await load(this.state, grown => { told = grown; }, signal);
      if (told && !signal.aborted) {
        this.told = told;
        this.incomplete = told.incomplete;
      }
    });
    return true;
  }

  /** What is selected, if it is there. */
  get selected() {
    return this.told?.model.places.get(this.state.sel ?? '') ?? -1;
  }

  get arrow() {
    const cause = this.told?.model.places.get(this.state.cause ?? '');
    return cause === undefined ? undefined
      : this.told?.model.arrows.find(arrow => arrow.effect === this.selected && arrow.cause === cause);
  }

  get band() {
    const { verdict, part } = this.state;
    return verdict ? this.scene?.bands.find(band => band.verdict.id === verdict && (!part || band.finding.name === part)) : undefined;
  }

  async fetchSelected() {
    const id = this.state.sel;
    if (!id || this.selected < 0 || this.whole?.id === id) {
      return;
    }
    try {
      const whole = await get(`/api/v1/events/${encodeURIComponent(id)}`);
      if (this.state.sel === id) {
        this.whole = whole;
      }
    } catch {
      // The timeline has said what it knows of the event; its attributes are not there.
      this.whole = undefined;
    }
  }

  get lanes() {
    return /** @type {AuditLanes | null} */ (this.renderRoot.querySelector('audit-lanes'));
  }

  /** @param {number} i */
  select(i) {
    put({ sel: this.told?.model.ids[i] ?? '', cause: '', verdict: '', part: '' });
  }

  /** @param {number} i */
  goTo(i) {
    this.select(i);
    this.lanes?.reveal(i);
  }

  /** @param {Arrow} arrow */
  openArrow({ cause, effect }) {
    const ids = this.told?.model.ids ?? [];
    put({ sel: ids[effect], cause: ids[cause], verdict: '', part: '' });
  }

  /** @param {Band} band */
  openBand({ verdict, finding }) {
    put({ sel: '', cause: '', verdict: verdict.id, part: finding.name });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const known = acts(this, this.lanes);
    known[event.key]?.();
    return event.key in known;
  }

  show() {
    if (!QUESTION.some(name => this.state[name])) {
      return start(this.runs);
    }
    if (!this.told || !this.scene) {
      return this.busy ? html`<p class="bar quiet" role="status">The timeline is being read …</p>` : nothing;
    }
    return html`${bar(this)}${this.told.model.count === 0 ? NOTHING : this.body()}`;
  }

  /** @param {string} key */
  do(key) {
    this.press(new KeyboardEvent('keydown', { key }));
  }

  body() {
    const { scene, told } = this;
    if (!scene || !told) {
      return nothing;
    }
    const details = detailsOf(this);
    return html`<div class=${details === nothing ? 'pair' : 'pair open'}>
      <div class="grow">${this.state.as ? tables(scene, this.row, i => this.select(i), row => { this.row = row; }) : this.drawing()}
      ${remarks(told.clocks, spoken).map(text => html`<p class="remark quiet">${line(text)}</p>`)}
      ${scene.left.length ? html`<p class="remark">${scene.left.length} more verdicts have no row here:
        <a href=${href({ view: 'board', run: this.state.run })}>all verdicts</a></p>` : nothing}
      ${this.state.as ? nothing : legend()}</div>
      ${details === nothing ? nothing : html`<aside aria-label="Details">
        <button type="button" class="close" aria-label="Close the details" title="Key: Esc" @click=${() => this.do('Escape')}>×</button>${details}</aside>`}
    </div>`;
  }

  drawing() {
    const { scene, told } = this;
    const sure = scene && told && this.state.sure
      ? whiskers(told.model.services, told.clocks, told.tolerance, this.choices.corrected) : [];
    return html`<audit-lanes .scene=${scene} .selected=${this.selected} .arrow=${this.arrow} .band=${this.band} .whiskers=${sure}
      .asked=${stretch(this.state.zoom)}
      @pick=${(/** @type {CustomEvent} */ event) => this.select(event.detail)}
      @drawn=${() => measure('timeline-drawn', 'timeline-told')}
      @open=${() => this.focusDetails()}
      @arrow=${(/** @type {CustomEvent} */ event) => this.openArrow(event.detail)}
      @band=${(/** @type {CustomEvent} */ event) => this.openBand(event.detail)}
      @look=${() => this.looked()}></audit-lanes>`;
  }

  async focusDetails() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('aside button'))?.focus();
  }

  /** Notes in the address what is looked at, once it stays so. */
  looked() {
    clearTimeout(this.looking);
    this.looking = setTimeout(() => {
      put({ zoom: written(this.lanes?.shown) });
    }, 300);
  }
}

export { keys };

customElements.define('audit-timeline', AuditTimeline);
