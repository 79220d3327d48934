/** Made-up timelines, and numbers that are random and yet always the same. */
import { modelOf } from '../../main/resources/web/timeline/model.js';

const START = Date.parse('2026-01-01T12:00:00Z');

/**
 * @param {number} milliseconds behind the start
 */
export function time(milliseconds) {
  return new Date(START + milliseconds).toISOString();
}

/**
 * An event with what matters to a test.
 * @param {string} id
 * @param {number} at milliseconds
 * @param {object} [more]
 */
export function event(id, at, more = {}) {
  return { id, service: 'engine', type: 'tick', severity: 'info', occurred_at: time(at), ...more };
}

/** @param {object[]} events in the order of time */
export function model(events) {
  return modelOf(events.map(each => ({ event: each, causes: each.causes ?? [] })));
}

/**
 * @param {string} cause
 * @param {string} effect
 * @param {object} [more]
 */
export function link(cause, effect, more = {}) {
  return { cause_id: cause, effect_id: effect, kind: 'rule', rule: 'r', delay: 1, confidence: 0.9, evidence: 'e', ...more };
}

/** Numbers from 0 to 1 (mulberry32). @param {number} seed */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
