// Find: events by anything they have, the newest or the slowest first, or as they come.
import { html, nothing } from 'lit';
import { AuditElement } from '../element.js';
import { address, get, omissions } from '../service.js';
import { change, go } from '../state.js';
import { clock } from '../text.js';
import '../find/tail.js';
import { form, formStyles } from '../find/form.js';
import { asked, conditions, ofForm, reading } from '../find/question.js';
import { eventTable, rowStyles } from '../find/rows.js';

/** @typedef {import('../find/rows.js').Event} Event */

const PAGE = 100;
const MOST_SHOWN = 1000;

/** @type {import('../views.js').Key[]} */
export const keys = [
  { key: '/', text: 'to the form' },
  { key: 'j', text: 'next event' },
  { key: 'k', text: 'event before' },
  { key: 'Enter', text: 'opens the event' },
  { key: 'o', text: 'slowest first, or newest first' },
  { key: 'm', text: 'reads on' },
  { key: 'l', text: 'as they come, or what is there' },
  { key: 'p', text: 'holds what is shown as they come' },
];

export class AuditFind extends AuditElement {
  static properties = {
    found: { state: true }, token: { state: true }, scanned: { state: true }, read: { state: true }, held: { state: true },
  };

  static styles = [...AuditElement.styles, rowStyles, formStyles];

  constructor() {
    super();
    /** @type {Event[]} */
    this.found = [];
    /** @type {string | undefined} where to go on; undefined before the first answer */
    this.token = undefined;
    /** @type {{events: number, reached?: string, end: string} | undefined} */
    this.scanned = undefined;
    this.read = 0;
    this.held = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.begin();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const old = /** @type {import('../state.js').State | undefined} */ (changed.get('state'));
    if (old && asked(old) !== asked(this.state)) {
      this.begin();
    }
  }

  get params() {
    return { ...conditions(this.state), order: this.state.order };
  }

  /** Asks for the first page. */
  begin() {
    this.found = [];
    this.token = undefined;
    this.scanned = undefined;
    this.read = 0;
    this.incomplete = [];
    this.loading?.abort();
    if (!this.state.live) {
      this.more('');
    }
  }

  /**
   * Reads on. A page with nothing on it is no end while the service says where to go on.
   * @param {string} from
   */
  more(from) {
    return this.load(async signal => {
      const answer = await get('/api/v1/events', { ...this.params, limit: PAGE, page_token: from }, signal);
      this.found = this.merged(answer.events);
      this.token = answer.next_page_token;
      this.scanned = answer.scanned;
      this.read += answer.scanned?.events ?? 0;
      this.incomplete = omissions(answer);
    });
  }

  /**
   * What was found so far with another page: pages of the slowest each have their own.
   * @param {Event[]} page
   */
  merged(page) {
    const all = [...this.found, ...page];
    if (this.state.order === 'duration') {
      all.sort((one, other) => (other.duration ?? 0) - (one.duration ?? 0));
    }
    return all.slice(0, MOST_SHOWN);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    switch (event.key) {
      case '/': this.field()?.focus(); break;
      case 'j': this.step(1); break;
      case 'k': this.step(-1); break;
      case 'o': change({ order: this.state.order === 'duration' ? '' : 'duration', live: '' }); break;
      case 'm': this.onward(); break;
      case 'l': change({ view: 'find', live: this.state.live ? '' : '1' }); break;
      case 'p': this.held = !this.held; break;
      default: return false;
    }
    return true;
  }

  field() {
    return /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('form input'));
  }

  /** @param {number} by */
  step(by) {
    const root = this.renderRoot.querySelector('audit-tail')?.shadowRoot ?? this.shadowRoot;
    const links = /** @type {HTMLElement[]} */ ([...root?.querySelectorAll('a.id') ?? []]);
    const at = links.findIndex(each => each === root?.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  }

  onward() {
    if (this.token && !this.busy && this.found.length < MOST_SHOWN) {
      this.more(this.token);
    }
  }

  show() {
    return html`${form(this.state, {
      send: sent => go(ofForm(sent, this.state)),
      clear: () => go({ view: 'find', live: this.state.live }),
    })}
    <div class="bar" role="group" aria-label="What is shown">
      <button type="button" aria-pressed=${!this.state.live && this.state.order !== 'duration'} @click=${() => change({ view: 'find', live: '', order: '' })}>What is there</button>
      <button type="button" aria-pressed=${!this.state.live && this.state.order === 'duration'} title="Key: o" @click=${() => change({ view: 'find', live: '', order: 'duration' })}>Slowest first</button>
      <button type="button" aria-pressed=${Boolean(this.state.live)} title="Key: l" @click=${() => change({ view: 'find', live: '1' })}>As they come</button>
      ${this.state.live ? html`<button type="button" aria-pressed=${this.held} title="Key: p" @click=${() => { this.held = !this.held; }}>Hold</button>` : nothing}
      <span class="grow"></span>
      ${this.state.live ? nothing : html`<span class="quiet" role="status">${this.said()}</span>`}
    </div>
    ${this.state.live
      ? html`<audit-tail .query=${address('', conditions(this.state))} .held=${this.held}></audit-tail>` : this.results()}`;
  }

  said() {
    if (this.token === undefined) {
      return this.busy ? 'reading' : '';
    }
    return this.found.length + ' events, ' + reading(this.scanned, this.read, clock);
  }

  results() {
    const on = this.token && this.found.length < MOST_SHOWN
      ? html`<div class="bar"><button type="button" title="Key: m" ?disabled=${this.busy} @click=${() => this.onward()}>Read on</button></div>` : nothing;
    const cut = this.token && this.found.length >= MOST_SHOWN
      ? html`<div class="box note" role="status">Shown are ${MOST_SHOWN} events; there are more. A condition or a time narrows them down.</div>` : nothing;
    if (!this.found.length) {
      return html`${this.token === '' ? html`<div class="empty"><h2>No event is like that</h2>
        <p class="quiet">All conditions must hold. Values are compared whole; only an id may be a beginning.</p></div>` : nothing}${on}`;
    }
    const caption = this.state.order === 'duration' ? 'Events, the slowest first' : 'Events';
    return html`${cut}${eventTable(caption, this.found)}${on}`;
  }
}

customElements.define('audit-find', AuditFind);
