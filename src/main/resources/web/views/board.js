// The board of verdicts: live, by run, the newest first.
import { css, html, nothing } from 'lit';
import { table } from '../element.js';
import { change, go, href, put } from '../state.js';
import { clock, line, prose } from '../text.js';
import { STATUSES, counts, groups, isWanted, services } from './board-data.js';
import { VerdictFeed } from './board-feed.js';
import { grouped, rowStyles } from './board-rows.js';
import { newcomer, noMatch, settings } from './board-parts.js';

/** @typedef {import('./board-data.js').Verdict} Verdict */

/** @type {import('../views.js').Key[]} */
export const keys = [
  { key: 'j', text: 'next verdict' },
  { key: 'k', text: 'verdict before' },
  { key: 'Enter', text: 'opens the verdict, or closes it' },
  { key: 'l', text: 'timeline of the verdict' },
  { key: '0', text: 'every status' },
  ...STATUSES.map((status, i) => ({ key: String(i + 1), text: 'only ' + status })),
  { key: 'f', text: 'choose an expectation' },
  { key: 't', text: 'as one table' },
];

export class AuditBoard extends VerdictFeed {
  static styles = [...VerdictFeed.styles, rowStyles, css`
    .live { color: var(--ink-2); white-space: nowrap; }
    .live::before { content: ''; display: inline-block; width: .6em; height: .6em; border-radius: 50%; margin-right: .4em; background: var(--inconclusive); }
    .live.live-live::before { background: var(--passed); }
    .plain { background: none; }
    select { max-width: min(22em, 100%); }
  `];

  /** @param {KeyboardEvent} event */
  press(event) {
    const status = Number(event.key) >= 1 ? STATUSES[Number(event.key) - 1] : undefined;
    if (status || event.key === '0') {
      change({ status: status ?? '' });
    } else if (event.key === 'j' || event.key === 'k') {
      this.step(event.key === 'j' ? 1 : -1);
    } else if (event.key === 't') {
      put({ view: 'board', table: this.state.table ? '' : '1' });
    } else if (event.key === 'f') {
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('select'))?.focus();
    } else if (event.key === 'l') {
      return this.lanes();
    } else if (event.key === 'Escape' && this.state.verdict) {
      change({ verdict: '' });
    } else {
      return false;
    }
    return true;
  }

  /** @param {number} by */
  step(by) {
    const names = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll('a.name')]);
    const at = names.findIndex(each => each === this.shadowRoot?.activeElement);
    names[Math.max(0, Math.min(names.length - 1, at + by))]?.focus();
  }

  lanes() {
    const focused = /** @type {HTMLElement | null} */ (this.shadowRoot?.activeElement ?? null);
    const verdict = this.known.get(focused?.dataset.verdict ?? this.state.verdict ?? '');
    if (verdict) {
      go(verdict.scenario_id ? { view: 'timeline', run: verdict.scenario_id } : { view: 'timeline', event: verdict.trigger_id });
    }
    return verdict !== undefined;
  }

  show() {
    const all = [...this.known.values()].filter(each => isWanted(each, { ...this.state, status: '' }));
    const shown = all.filter(each => isWanted(each, this.state));
    return html`${settings(this.state, counts(all), this.names(), this.stream)}
      ${this.behind > 1 ? html`<p class="box note" role="status">Verdicts are ${this.behind} events behind the log.</p>` : nothing}
      ${shown.length ? this.verdicts(shown) : this.empty()}`;
  }

  /** What there is to choose of. */
  names() {
    const verdicts = [...this.known.values()];
    return {
      expectations: [...new Set([...this.covered.keys(), ...verdicts.map(each => each.expectation)])].sort(),
      services: [...new Set(verdicts.flatMap(services))].sort(),
    };
  }

  /** @param {Verdict[]} shown */
  verdicts(shown) {
    if (!this.state.table) {
      return grouped(groups(shown), { state: this.state, covered: this.covered, opened: this.opened, now: this.now });
    }
    return table({
      caption: 'Verdicts, the newest first',
      rows: groups(shown).flatMap(group => group.verdicts),
      columns: [
        { title: 'Status', of: each => html`<span class="status ${each.status}">${each.status}</span>` },
        { title: 'Expectation', of: each => html`<a class="name" data-verdict=${each.id} href=${href({ ...this.state, table: '', verdict: each.id })}>${line(each.expectation)}</a>` },
        { title: 'Why', of: each => prose(each.reason) },
        { title: 'Scenario', of: each => line(each.scenario) },
        { title: 'Run', of: each => line(each.scenario_id) },
        { title: 'Services', of: each => services(each).map(line).join(', ') },
        { title: 'Triggered', of: each => clock(each.triggered_at) },
        { title: 'Version', of: each => each.version, number: true },
        { title: 'Final', of: each => (each.final ? 'yes' : 'no') },
      ],
    });
  }

  empty() {
    if (!this.loaded) {
      return nothing;
    }
    const isFiltered = ['status', 'expectation', 'service', 'run'].some(name => this.state[name]);
    return isFiltered ? noMatch() : newcomer([...this.covered.values()]);
  }
}

customElements.define('audit-board', AuditBoard);
