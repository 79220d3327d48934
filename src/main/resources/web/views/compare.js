// Two runs side by side: what is different, and who is most likely at fault.
import { html, nothing } from 'lit';
import { AuditElement, table } from '../element.js';
import { change, put } from '../state.js';
import { duration, line } from '../text.js';
import { drawing, drawingStyles } from '../compare/drawing.js';
import { keyOf } from '../compare/lanes.js';
import { load, runs } from '../compare/load.js';
import { differences, fault, measures, wordStyles } from '../compare/words.js';

/** @typedef {import('../compare/load.js').Compared} Compared */
/** @typedef {import('../compare/load.js').Event} Told */

/** @type {import('../views.js').Key[]} */
export const keys = [
  { key: 'j', text: 'next difference' },
  { key: 'k', text: 'difference before' },
  { key: 'x', text: 'swap run and baseline' },
  { key: 'f', text: 'choose a run' },
  { key: 't', text: 'as tables' },
];

export class AuditCompare extends AuditElement {
  static properties = { runs: { state: true }, compared: { state: true }, chosen: { state: true } };

  static styles = [...AuditElement.styles, drawingStyles, wordStyles];

  constructor() {
    super();
    /** @type {string[]} what can be chosen */
    this.runs = [];
    /** @type {Compared | undefined} */
    this.compared = undefined;
    this.chosen = '';
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('state')) {
      const old = /** @type {Record<string, string> | undefined} */ (changed.get('state'));
      if (!old || old.run !== this.state.run || old.baseline !== this.state.baseline) {
        this.refresh();
      }
    }
  }

  refresh() {
    const { run, baseline } = this.state;
    this.load(async signal => {
      this.compared = undefined;
      this.chosen = '';
      this.incomplete = [];
      this.runs = await runs(signal);
      if (run && baseline) {
        const compared = await load(run, baseline, signal);
        this.compared = compared;
        this.incomplete = compared.incomplete;
      }
    });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const { run, baseline } = this.state;
    if (event.key === 'j' || event.key === 'k') {
      this.step(event.key === 'j' ? 1 : -1);
    } else if (event.key === 'x' && run && baseline && !baseline.includes(',')) {
      change({ run: baseline, baseline: run });
    } else if (event.key === 'f') {
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('select'))?.focus();
    } else if (event.key === 't') {
      put({ table: this.state.table ? '' : '1' });
    } else {
      return false;
    }
    return true;
  }

  /** @param {number} by */
  step(by) {
    const all = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll('a.difference')]);
    const at = all.findIndex(each => each === this.shadowRoot?.activeElement);
    all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
  }

  show() {
    return html`${this.pickers()}${this.compared ? this.comparison(this.compared) : this.empty()}`;
  }

  pickers() {
    const { run = '', baseline = '' } = this.state;
    return html`<div class="bar">
      ${this.picker('Run', run, value => change({ view: 'compare', run: value }))}
      ${this.picker('Baseline', baseline, value => change({ view: 'compare', baseline: value }))}
      <button type="button" ?disabled=${!run || !baseline || baseline.includes(',')} title="Key: x"
        @click=${() => change({ run: baseline, baseline: run })}>Swap</button>
      <button type="button" aria-pressed=${this.state.table ? 'true' : 'false'} title="Key: t"
        @click=${() => put({ table: this.state.table ? '' : '1' })}>As tables</button>
      <span class="grow quiet" role="status">${this.busy ? 'Comparing…' : ''}</span>
    </div>`;
  }

  /**
   * @param {string} label
   * @param {string} value
   * @param {(value: string) => void} choose
   */
  picker(label, value, choose) {
    const known = value && !this.runs.includes(value) ? [value, ...this.runs] : this.runs;
    return html`<label>${label}
      <select aria-label=${label} @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
        <option value="" ?selected=${!value}>choose a run</option>
        ${known.map(each => html`<option value=${each} ?selected=${each === value}>${line(each)}</option>`)}
      </select></label>`;
  }

  /** @param {Compared} compared */
  comparison(compared) {
    const { comparison } = compared;
    return html`
      ${this.state.table ? this.tables(compared) : drawing(compared, this.chosen)}
      ${fault(comparison)}
      ${differences(comparison, this.chosen, each => { this.chosen = keyOf(each.step); })}
      ${measures(comparison)}`;
  }

  /** @param {Compared} compared */
  tables({ comparison, run, baseline }) {
    const of = (/** @type {string} */ caption, /** @type {Told[]} */ rows) => table({
      caption,
      rows,
      columns: [
        { title: 'From the alignment', of: each => duration(each.at), number: true },
        { title: 'Service', of: each => line(each.service) },
        { title: 'Type', of: each => line(each.type) },
        { title: 'Severity', of: each => line(each.severity) },
        { title: 'Took', of: each => (each.duration ? duration(each.duration) : ''), number: true },
      ],
    });
    return html`${of(line('Run: ' + comparison.run.sentence), run)}
      ${of(line('Baseline: ' + comparison.baselines[0].sentence), baseline)}`;
  }

  empty() {
    return this.busy || this.problem ? nothing : html`<div class="empty">
      <h2>Compare two runs</h2>
      <p>Choose a run, and one that was quiet: both are laid upon each other at the first trigger of an expectation.
        Below stands what is missing, extra, later, earlier or reordered, and which service is most likely at fault.</p>
      ${this.runs.length ? nothing : html`<p>No run was judged yet. Play one:</p>
        <pre>java -jar audit-correlator.jar play depeg-late</pre>`}
    </div>`;
  }
}

customElements.define('audit-compare', AuditCompare);
