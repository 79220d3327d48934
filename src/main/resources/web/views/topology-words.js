// What was measured, in words.
import { duration } from '../text.js';

/** @typedef {import('./topology-layout.js').Traffic} Traffic */

/**
 * How many a second, or a minute where that is few.
 * @param {Traffic | undefined} traffic
 */
export function rate(traffic) {
  if (!traffic) {
    return '';
  }
  const second = traffic.per_second;
  return second >= 10 ? Math.round(second) + '/s' : second >= 0.1 ? second.toFixed(1) + '/s' : (second * 60).toFixed(1) + '/min';
}

/**
 * The part that failed; nothing where none did.
 * @param {Traffic | undefined} traffic
 */
export function errors(traffic) {
  return traffic?.errors ? part(traffic.error_rate) + ' errors' : '';
}

/** @param {number} of */
export function part(of) {
  return (of * 100).toFixed(of < 0.1 && of > 0 ? 1 : 0) + ' %';
}

/**
 * How long half, and 99 of 100, took at most.
 * @param {Traffic | undefined} traffic
 */
export function delays(traffic) {
  return traffic?.p50 === undefined ? '' : duration(traffic.p50) + ' / ' + duration(traffic.p99 ?? traffic.p50);
}

/** @type {Record<string, string>} */
export const CONNECTIONS = { GRPC: 'gRPC', HTTP: 'HTTP', DATA_FLOW: 'events' };
