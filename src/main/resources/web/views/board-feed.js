// What the board knows of verdicts, and how it comes to know it.
import { AuditElement } from '../element.js';
import { subscribe } from '../live.js';
import { get, pages } from '../service.js';
import { newest, take } from './board-data.js';

/** @typedef {import('./board-data.js').Verdict} Verdict */
/** @typedef {import('./board-data.js').Covered} Covered */

const MOST = 500;
const PULSE_MS = 5000;
const TAKE_MS = 100;
const NEWEST = {
  bound: 'LIST_SIZE',
  explanation: 'Shown are the newest ' + MOST + ' verdicts; there are more. A run, a status or an expectation narrows them down.',
};

/** Asks for verdicts, follows them live, and asks again for those that are pending. */
export class VerdictFeed extends AuditElement {
  static properties = {
    known: { state: true }, covered: { state: true }, opened: { state: true }, stream: { state: true },
    loaded: { state: true }, behind: { state: true }, now: { state: true },
  };

  constructor() {
    super();
    /** @type {Map<string, Verdict>} */
    this.known = new Map();
    /** @type {Map<string, Covered>} */
    this.covered = new Map();
    /** @type {Verdict | undefined} the one that is open, with its versions */
    this.opened = undefined;
    this.stream = 'waiting';
    this.loaded = false;
    this.behind = 0;
    this.now = Date.now();
    /** @type {Verdict[]} what came and is not taken yet */
    this.came = [];
    /** @type {number | undefined} */
    this.taking = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
    this.leave = subscribe('verdicts', news => this.hear(news));
    this.pulse = setInterval(() => this.beat(), PULSE_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.leave?.();
    clearInterval(this.pulse);
    clearTimeout(this.taking);
    this.taking = undefined;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('state')) {
      const old = /** @type {Record<string, string> | undefined} */ (changed.get('state'));
      if (old && ['run', 'status', 'expectation'].some(name => old[name] !== this.state[name])) {
        this.refresh();
      }
      if (old?.verdict !== this.state.verdict) {
        this.look();
      }
    }
  }

  /** Asks for everything anew. */
  refresh() {
    this.load(async signal => {
      const { run, status, expectation } = this.state;
      const all = await pages('/api/v1/verdicts', { scenario_id: run }, 'verdicts', MOST, signal);
      const filtered = all.more && (status || expectation)
        ? await pages('/api/v1/verdicts', { scenario_id: run, status, expectation }, 'verdicts', MOST, signal) : undefined;
      const known = new Map();
      [...all.items, ...(filtered?.items ?? [])].forEach(each => take(known, each));
      this.known = known;
      this.loaded = true;
      this.behind = all.last.verdicts_progress?.behind ?? 0;
      this.incomplete = [...all.incomplete, ...((filtered ?? all).more ? [NEWEST] : [])];
      await this.cover(signal);
    });
  }

  /** @param {AbortSignal} [signal] */
  async cover(signal) {
    const { expectations } = await get('/api/v1/coverage', {}, signal);
    this.covered = new Map(expectations.map((/** @type {Covered} */ each) => [each.name, each]));
  }

  /** Asks for the verdict that is open, which may be none of the list. */
  async look() {
    const id = this.state.verdict;
    try {
      const found = id ? await get('/api/v1/verdicts/' + encodeURIComponent(id)) : undefined;
      if (id === this.state.verdict) {
        this.opened = found;
        if (found && !this.known.has(found.id)) {
          this.known = new Map([[found.id, found], ...this.known]);
        }
      }
    } catch (failure) {
      this.problem = failure instanceof Error ? failure : undefined;
    }
  }

  /** @param {import('../live.js').News} news */
  hear(news) {
    if (news.type === 'state') {
      this.stream = news.state;
    } else if (news.type === 'item') {
      this.came.push(news.data);
      this.taking ??= setTimeout(() => this.takeAll(), TAKE_MS);
    } else {
      this.refresh();
    }
  }

  /** Takes what came, a few times a second however much it is. */
  takeAll() {
    const known = new Map(this.known);
    this.came.forEach(each => take(known, each));
    if (this.came.some(each => each.id === this.state.verdict)) {
      this.look();
    }
    this.came = [];
    this.taking = undefined;
    this.changed = true;
    if (known.size > 2 * MOST) {
      this.incomplete = [NEWEST];
      this.known = new Map(newest(known.values(), MOST).map(each => [each.id, each]));
    } else {
      this.known = known;
    }
  }

  /** What is pending is not told live: it is asked for now and then, while somebody looks. */
  async beat() {
    this.now = Date.now();
    if (document.hidden || this.busy) {
      return;
    }
    try {
      const { verdicts, verdicts_progress } = await get('/api/v1/verdicts', { status: 'PENDING', scenario_id: this.state.run, limit: 100 });
      const known = new Map(this.known);
      verdicts.forEach((/** @type {Verdict} */ each) => take(known, each));
      this.known = known;
      this.behind = verdicts_progress?.behind ?? 0;
      if (this.changed) {
        this.changed = false;
        await this.cover();
      }
      this.problem = undefined;
    } catch (failure) {
      this.problem = failure instanceof Error ? failure : undefined;
    }
  }
}
