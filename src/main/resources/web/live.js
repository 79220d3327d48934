// What comes live: one stream a browser and kind, whichever tab reads it, and none while all are hidden.
// The tab that holds the lock reads and tells the others. Where a browser has no locks, as on a page that
// came over plain HTTP from another host, every tab that is seen reads for itself.
import { ServiceProblem, login } from './service.js';
import { read } from './stream.js';

/** @typedef {'verdicts' | 'events' | 'links'} Kind */

/**
 * What listeners are told. After `open` and `missed` a view asks for everything anew: what came meanwhile is not told.
 * @typedef {{type: 'open'} | {type: 'missed', detail: string} | {type: 'item', id: string, data: any}
 *     | {type: 'state', state: 'live' | 'waiting' | 'paused' | 'refused', problem?: ServiceProblem}} News
 */

/**
 * One stream, as a tab knows it.
 * @typedef {{id: string, before: string, news: News}} Told
 */

const RETRY_MS = 1000;
const MOST_RETRY_MS = 15000;

class Feed {
  /**
   * @param {Kind} kind
   * @param {string} query which of them; empty for all
   */
  constructor(kind, query) {
    this.kind = kind;
    this.query = query;
    this.name = 'audit-live-' + kind + query;
    this.place = '';
    this.wait = RETRY_MS;
    /** @type {Set<(news: News) => void>} */
    this.listeners = new Set();
    /** @type {AbortController | undefined} */
    this.wish = undefined;
    this.channel = new BroadcastChannel(this.name);
    this.channel.onmessage = message => this.hear(message.data);
    this.ended = new AbortController();
    document.addEventListener('visibilitychange', () => this.look(), { signal: this.ended.signal });
    login.addEventListener('changed', () => this.anew(), { signal: this.ended.signal });
  }

  /** Begins or ends to want the stream. */
  look() {
    const wanted = this.listeners.size > 0 && !document.hidden;
    if (wanted && !this.wish) {
      this.wish = new AbortController();
      this.lead(this.wish.signal);
    } else if (!wanted && this.wish) {
      this.wish.abort();
      this.wish = undefined;
      this.tell({ type: 'state', state: 'paused' });
    }
  }

  /** Nobody will want it any more. */
  close() {
    this.ended.abort();
    this.channel.close();
  }

  /** Begins again, as another person. */
  anew() {
    this.wish?.abort();
    this.wish = undefined;
    this.look();
  }

  /** @param {AbortSignal} signal */
  async lead(signal) {
    if (!navigator.locks) {
      return this.stay(signal);
    }
    try {
      // Who leads says so; who waits asks, as it may have come in between.
      this.channel.postMessage('who');
      await navigator.locks.request(this.name, { signal }, () => this.stay(signal));
    } catch (failure) {
      if (!signal.aborted) {
        throw failure;
      }
    }
  }

  /**
   * Reads until nobody wants it any more.
   * @param {AbortSignal} signal
   */
  async stay(signal) {
    this.leads = true;
    while (!signal.aborted) {
      try {
        await this.follow(signal);
      } catch (failure) {
        if (!signal.aborted) {
          this.failed(failure);
        }
      }
      await pause(this.wait, signal);
      this.wait = Math.min(this.wait * 2, MOST_RETRY_MS);
    }
    this.leads = false;
  }

  /** @param {AbortSignal} signal */
  async follow(signal) {
    const fresh = this.place === '';
    await read('/api/v1/' + this.kind + '/stream' + this.query, this.place, signal, {
      open: () => {
        this.wait = RETRY_MS;
        this.all({ type: 'state', state: 'live' });
        if (fresh) {
          this.all({ type: 'open' });
        }
      },
      event: (name, id, data) => this.came(name, id, data),
    });
    this.all({ type: 'state', state: 'waiting' });
  }

  /**
   * @param {string} name
   * @param {string} id
   * @param {string} data
   */
  came(name, id, data) {
    const before = this.place;
    this.place = id || this.place;
    if (name === this.kind.slice(0, -1)) {
      this.share({ id: this.place, before, news: { type: 'item', id, data: JSON.parse(data) } });
    } else if (name === 'skipped' || name === 'gap' || name === 'reset' || name === 'problem') {
      this.share({ id: this.place, before, news: { type: 'missed', detail: name + ' ' + data } });
    }
  }

  /** @param {unknown} failure */
  failed(failure) {
    const problem = failure instanceof ServiceProblem
      ? failure : new ServiceProblem('The stream ended', String(failure), 0);
    const refused = problem.status === 401 || problem.status === 403;
    this.all({ type: 'state', state: refused ? 'refused' : 'waiting', problem });
  }

  /** @param {News} news */
  all(news) {
    this.share({ id: '', before: '', news });
  }

  /** @param {Told} told */
  share(told) {
    if (navigator.locks && !this.ended.signal.aborted) {
      this.channel.postMessage(told.news.type === 'state'
        ? { ...told, news: { type: 'state', state: told.news.state } } : told);
    }
    this.tell(told.news);
  }

  /** @param {Told | 'who'} told by the tab that leads, or asked by another */
  hear(told) {
    if (told === 'who') {
      if (this.leads && this.lastState) {
        this.channel.postMessage({ id: '', before: '', news: this.lastState });
      }
      return;
    }
    if (told.id && this.place && this.place !== told.before && this.place !== told.id) {
      this.tell({ type: 'missed', detail: 'this tab slept' });
    }
    this.place = told.id || this.place;
    this.tell(told.news);
  }

  /** @param {News} news */
  tell(news) {
    if (news.type === 'state') {
      this.lastState = { type: news.type, state: news.state };
    }
    for (const listener of this.listeners) {
      listener(news);
    }
  }
}

/** @type {Map<string, Feed>} */
const feeds = new Map();

/**
 * Listens to what comes live.
 * @param {Kind} kind
 * @param {(news: News) => void} listener
 * @param {string} [query] of the stream's address, with its question mark, if only some are wanted
 * @returns {() => void} ends it
 */
export function subscribe(kind, listener, query = '') {
  const feed = feeds.get(kind + query) ?? new Feed(kind, query);
  feeds.set(kind + query, feed);
  feed.listeners.add(listener);
  if (feed.lastState) {
    listener(feed.lastState);
  }
  feed.look();
  return () => {
    feed.listeners.delete(listener);
    feed.look();
    if (query && !feed.listeners.size) {
      feed.close();
      feeds.delete(kind + query);
    }
  };
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(milliseconds, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
