// The board of verdicts.
import { html } from 'lit';
import { AuditElement, table } from '../element.js';
import { get } from '../service.js';
import { clock, line } from '../text.js';

/** @type {import('../views.js').Key[]} */
export const keys = [];

export class AuditBoard extends AuditElement {
  static properties = { verdicts: { state: true } };

  constructor() {
    super();
    /** @type {any[]} */
    this.verdicts = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.load(async signal => {
      const answer = await get('/api/v1/verdicts', { limit: 100 }, signal);
      this.verdicts = answer.verdicts;
    });
  }

  show() {
    return table({
      caption: 'Verdicts',
      rows: this.verdicts,
      columns: [
        { title: 'Status', of: row => html`<span class="status ${row.status}">${row.status}</span>` },
        { title: 'Expectation', of: row => line(row.expectation) },
        { title: 'Triggered', of: row => clock(row.triggered_at) },
        { title: 'Why', of: row => line(row.reason) },
      ],
    });
  }
}

customElements.define('audit-board', AuditBoard);
