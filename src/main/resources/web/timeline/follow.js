/** A timeline that is still being told: what comes live makes it ask again, now and then. */
import { subscribe } from '../live.js';
import { question } from './load.js';

const AFTER_MS = 1_000;
/** So many times as long as it takes to ask, at least, lies between two askings. */
const PAUSES = 4;

/**
 * The stream of the events that a state asks for; undefined if more may belong to it than a stream tells of.
 * @param {Record<string, string>} state
 * @returns {string | undefined}
 */
export function streamOf(state) {
  const { from, to, ...keys } = question(state) ?? {};
  return to || !Object.keys(keys).length ? undefined : '?' + new URLSearchParams(keys);
}

/** Follows one question at a time. */
export class Following {
  /** @param {() => Promise<boolean>} again asks anew, unless it is asking; whether it did */
  constructor(again) {
    this.again = again;
    /** @type {string | undefined} */
    this.query = undefined;
    this.leave = () => {};
    this.timer = 0;
    this.took = 0;
  }

  /** @param {Record<string, string>} state */
  follow(state) {
    const query = streamOf(state);
    if (query === this.query) {
      return;
    }
    this.end();
    this.query = query;
    if (query) {
      let known = false;
      this.leave = subscribe('events', news => {
        if (news.type === 'item' || news.type === 'missed' || (known && news.type === 'open')) {
          this.soon();
        }
        known ||= news.type === 'open';
      }, query);
    }
  }

  /** Whatever comes until then is asked for together. */
  soon() {
    this.timer ||= setTimeout(() => this.ask(), Math.max(AFTER_MS, PAUSES * this.took));
  }

  async ask() {
    this.timer = 0;
    const start = performance.now();
    if (await this.again()) {
      this.took = performance.now() - start;
    }
  }

  end() {
    this.leave();
    this.leave = () => {};
    clearTimeout(this.timer);
    this.timer = 0;
    this.query = undefined;
  }
}
