// The sources of evidence: when each service was heard, how late, what it lost, and who is silent.
import { html, nothing } from 'lit';
import { AuditElement } from '../element.js';
import { get } from '../service.js';
import { change } from '../state.js';
import { clock } from '../text.js';
import { isLossy, sourceTable } from '../find/sourceparts.js';

/** @typedef {import('../find/sourceparts.js').Source} Source */

const PULSE_MS = 5000;

/** @type {import('../views.js').Key[]} */
export const keys = [
  { key: '0', text: 'all sources' },
  { key: 's', text: 'those that are silent' },
  { key: 'l', text: 'those that lost something' },
  { key: 'r', text: 'asks anew' },
];

/** @type {{name: string, title: string, key: string, has: (source: Source) => boolean}[]} */
const CHOICES = [
  { name: '', title: 'All', key: '0', has: () => true },
  { name: 'silent', title: 'Silent', key: 's', has: source => source.silent },
  { name: 'lossy', title: 'Lost something', key: 'l', has: isLossy },
];

export class AuditSources extends AuditElement {
  static properties = { sources: { state: true }, at: { state: true } };

  constructor() {
    super();
    /** @type {Source[]} */
    this.sources = [];
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

  refresh() {
    return this.load(async signal => {
      /** @type {Source[]} */
      const all = [];
      let answer = await get('/api/v1/sources', { limit: 1000 }, signal);
      all.push(...answer.sources);
      while (answer.next_page_token) {
        answer = await get('/api/v1/sources', { limit: 1000, page_token: answer.next_page_token }, signal);
        all.push(...answer.sources);
      }
      this.sources = all;
      this.at = answer.at;
      this.incomplete = answer.incomplete ?? [];
    });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const choice = CHOICES.find(each => each.key === event.key);
    if (choice) {
      change({ view: 'sources', only: choice.name });
    } else if (event.key === 'r') {
      this.refresh();
    } else {
      return false;
    }
    return true;
  }

  get choice() {
    return CHOICES.find(each => each.name === (this.state.only ?? '')) ?? CHOICES[0];
  }

  show() {
    return html`${this.bar()}${this.sources.length ? this.rows() : this.empty()}`;
  }

  bar() {
    return html`<div class="bar" role="group" aria-label="Which sources">
      ${CHOICES.map(each => html`<button type="button" title=${'Key: ' + each.key}
        aria-pressed=${each === this.choice ? 'true' : 'false'}
        @click=${() => change({ view: 'sources', only: each.name })}>${each.title} ${
          this.sources.filter(each.has).length}</button>`)}
      <span class="grow"></span><span class="quiet">${this.at ? 'as of ' + clock(this.at) : 'reading'}</span></div>`;
  }

  rows() {
    const rows = this.sources.filter(this.choice.has);
    return rows.length ? sourceTable(rows, this.at)
      : html`<div class="empty"><h2>${this.choice.name === 'silent' ? 'No source is silent' : 'No source lost anything'}</h2>
        <p>Silent can be a service only that an expectation wants to speak; losses are those that services and their SDKs tell.</p></div>`;
  }

  empty() {
    return this.problem || !this.at ? nothing : html`<div class="empty">
      <h2>No service was heard yet</h2>
      <p>A service appears here as soon as an event of it is recorded, or an expectation says that it
        <code>speaks</code>. A recording that is in the program shows it:</p>
      <pre><code>java -jar audit-correlator.jar play depeg --speed 5 --service ${location.origin}</code></pre>
    </div>`;
  }
}

customElements.define('audit-sources', AuditSources);
