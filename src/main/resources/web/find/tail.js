// The live tail: what comes and meets the conditions, the newest first. However much comes, a bounded number is
// kept and a few are drawn, a few times a second; what that leaves out of view is said.
import { LitElement, css, html, nothing } from 'lit';
import { shared } from '../styles.js';
import { subscribe } from '../live.js';
import { clock } from '../text.js';
import { Ring } from './ring.js';
import { eventTable, rowStyles } from './rows.js';

/** @typedef {import('./rows.js').Event} Event */

const KEPT = 2000;
const DRAWN = 200;
const DRAW_MS = 200;

/** @type {Record<string, string>} */
const STREAM = { live: 'live', waiting: 'connecting', paused: 'hidden, and so ended', refused: 'not allowed' };

export class AuditTail extends LitElement {
  static properties = {
    query: { attribute: false }, held: { attribute: false }, stream: { state: true }, drawn: { state: true },
  };

  static styles = [shared, rowStyles, css`.counts { font-variant-numeric: tabular-nums; }`];

  constructor() {
    super();
    /** the conditions, as the query of an address */
    this.query = '';
    /** whether what is shown stays as it is */
    this.held = false;
    this.stream = 'waiting';
    /** @type {{events: Event[], came: number, dropped: number}} what is shown */
    this.drawn = { events: [], came: 0, dropped: 0 };
    /** @type {Ring<Event>} */
    this.ring = new Ring(KEPT);
    /** @type {string[]} what was lost on the way */
    this.lost = [];
    this.due = 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.end();
  }

  connectedCallback() {
    super.connectedCallback();
    this.begin();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.get('query') !== undefined && changed.get('query') !== this.query) {
      this.begin();
    }
    if (changed.get('held') === true && !this.held) {
      this.draw();
    }
  }

  begin() {
    this.end();
    this.ring = new Ring(KEPT);
    this.lost = [];
    this.drawn = { events: [], came: 0, dropped: 0 };
    this.leave = subscribe('events', news => this.hear(news), this.query);
  }

  end() {
    this.leave?.();
    this.leave = undefined;
    clearTimeout(this.due);
    this.due = 0;
  }

  /** @param {import('../live.js').News} news */
  hear(news) {
    if (news.type === 'item') {
      this.ring.add(news.data);
      this.plan();
    } else if (news.type === 'state') {
      this.stream = news.state;
    } else if (news.type === 'missed') {
      this.lost = [...this.lost.slice(-4), news.detail];
      this.plan();
    }
  }

  plan() {
    if (!this.due && !this.held) {
      this.due = setTimeout(() => requestAnimationFrame(() => this.draw()), DRAW_MS);
    }
  }

  draw() {
    this.due = 0;
    if (!this.held) {
      this.drawn = { events: this.ring.newest(DRAWN), came: this.ring.came, dropped: this.ring.dropped };
    }
  }

  render() {
    const { events, came, dropped } = this.drawn;
    const below = Math.min(came, KEPT) - events.length;
    return html`<div class="bar"><span role="status">${this.held ? 'held' : STREAM[this.stream] ?? this.stream}</span>
      <span class="quiet counts">${came.toLocaleString('en')} came${below > 0 ? html`; ${below.toLocaleString('en')} more are kept than are shown` : nothing}${dropped > 0
        ? html`; ${dropped.toLocaleString('en')} older ones dropped from view` : nothing}</span></div>
      ${this.lost.length ? html`<div class="box note" role="status"><strong>Not all of it is here</strong>${this.lost.map(each =>
        html`<p>${each}</p>`)}</div>` : nothing}
      ${events.length ? eventTable('Events as they come, the newest first', events)
        : html`<p class="empty quiet">Nothing has come since ${clock(new Date().toISOString())}.</p>`}`;
  }
}

customElements.define('audit-tail', AuditTail);
