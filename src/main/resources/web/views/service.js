// One service, as the correlator sees it; without a name, all of them.
import { html } from 'lit';
import { AuditElement } from '../element.js';
import { get } from '../service.js';
import { change, href } from '../state.js';
import { clock, line } from '../text.js';
import { factStyles, part, section } from '../find/facts.js';
import { rowStyles } from '../find/rows.js';
import { expectations, hops, instances, lag, ledger, names, peers, rules, settings } from '../find/serviceparts.js';

/** @typedef {import('../find/facts.js').Part} Part */

const PULSE_MS = 5000;

/** @type {import('../views.js').Key[]} */
export const keys = [
  { key: '/', text: 'choose a service' },
  { key: '0', text: 'all services' },
  { key: 'r', text: 'asks anew' },
];

/** What does not depend on which service is looked at. */
const OF_ALL = {
  status: '/api/v1/status', rules: '/api/v1/rules', expectations: '/api/v1/expectations', coverage: '/api/v1/coverage',
  registry: '/api/v1/services', peers: '/api/v1/peers',
};

export class AuditService extends AuditElement {
  static properties = { parts: { state: true }, at: { state: true } };

  static styles = [...AuditElement.styles, factStyles, rowStyles];

  constructor() {
    super();
    /** @type {Record<string, Part>} */
    this.parts = {};
    this.at = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
    this.pulse = setInterval(() => !document.hidden && !this.busy && this.refresh(), PULSE_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.pulse);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const old = /** @type {import('../state.js').State | undefined} */ (changed.get('state'));
    if (old && old.name !== this.state.name) {
      const { delays, ...others } = this.parts;
      this.parts = others;
      this.refresh();
    }
  }

  get name() {
    return this.state.name ?? '';
  }

  /** Asks for everything anew; what does not answer keeps nothing else from view. */
  refresh() {
    const name = this.name;
    return this.load(async signal => {
      const asked = { ...OF_ALL, settings: '/api/v1/events?type=audit.settings&limit=20' };
      const all = Object.entries(asked).map(([each, path]) => this.take(each, get(path, {}, signal), signal));
      if (name) {
        all.push(this.take('delays', get('/api/v1/statistics/delays', { service: name }, signal), signal));
      }
      await Promise.all(all);
      this.at = new Date().toISOString();
    });
  }

  /**
   * @param {string} name
   * @param {Promise<any>} asked
   * @param {AbortSignal} signal
   */
  async take(name, asked, signal) {
    const found = await part(asked);
    if (!signal.aborted) {
      this.parts = { ...this.parts, [name]: found };
    }
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === '/') {
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('select'))?.focus();
    } else if (event.key === '0') {
      change({ view: 'service', name: '' });
    } else if (event.key === 'r') {
      this.refresh();
    } else {
      return false;
    }
    return true;
  }

  show() {
    const { status, registry } = this.parts;
    return html`${this.bar()}
      ${section('Ledger', status, answer => ledger(answer, this.name))}
      ${section('Lag', status, lag)}
      ${this.name ? section('Causes', this.parts.delays, hops) : ''}
      ${section('Expectations', this.parts.expectations, answer =>
        expectations(answer, this.parts.coverage?.answer?.expectations ?? [], this.name))}
      ${section('Rules', this.parts.rules, answer => rules(answer, this.name))}
      ${section('Registry', registry, answer => instances(answer, this.name))}
      ${section('Neighbours', this.parts.peers, answer => peers(answer, this.name))}
      ${section('Settings', this.parts.settings, settings)}`;
  }

  bar() {
    const known = names(this.parts);
    const all = this.name && !known.includes(this.name) ? [this.name, ...known] : known;
    return html`<div class="bar"><label>Service <select @change=${(/** @type {Event} */ event) =>
      change({ view: 'service', name: /** @type {HTMLSelectElement} */ (event.target).value })}>
      <option value="" ?selected=${!this.name}>all</option>
      ${all.map(each => html`<option value=${each} ?selected=${each === this.name}>${line(each)}</option>`)}
    </select></label>
    ${this.name ? html`<a href=${href({ view: 'find', service: this.name })}>Its events</a>
      <a href=${href({ view: 'find', service: this.name, min_severity: 'warning' })}>Its warnings and errors</a>
      <a href=${href({ view: 'find', service: this.name, order: 'duration' })}>Its slowest</a>
      <a href=${href({ view: 'board', service: this.name })}>Its verdicts</a>` : ''}
    <span class="grow"></span><span class="quiet">${this.at ? 'as of ' + clock(this.at) : 'reading'}</span></div>`;
  }
}

customElements.define('audit-service', AuditService);
