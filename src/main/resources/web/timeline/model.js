/**
 * A timeline in columns: a hundred thousand events are a few arrays, and what only a click asks for
 * is left to the click. Entries stand in the order in which the service tells them.
 */
import { since, wholeSecond } from './instant.js';

export const SEVERITIES = ['debug', 'info', 'warning', 'error', 'critical'];
export const KINDS = ['explicit', 'parent', 'rule', 'manual'];

/**
 * @typedef {object} ToldLink a link as the service tells it; delays in seconds
 * @property {string} cause_id
 * @property {string} effect_id
 * @property {string} kind
 * @property {string} [rule]
 * @property {number} delay
 * @property {number} confidence
 * @property {string} evidence
 *
 * @typedef {object} ToldEvent
 * @property {string} id
 * @property {string} service
 * @property {string} type
 * @property {string} severity
 * @property {string} occurred_at
 * @property {string} [corrected_at]
 * @property {number} [duration] nanoseconds
 * @property {string} [trace_id]
 * @property {string} [span_id]
 * @property {string} [parent_span_id]
 * @property {string} [scenario_id]
 * @property {string} [message]
 *
 * @typedef {object} Entry
 * @property {ToldEvent} event
 * @property {string} [corrected_at]
 * @property {boolean} [order_certain]
 * @property {ToldLink[]} [causes]
 *
 * @typedef {object} Arrow
 * @property {number} cause the place of the cause among the events
 * @property {number} effect
 * @property {number} rank 0 for the best cause of its effect, 1 for the next
 * @property {ToldLink} link
 *
 * @typedef {object} Model times in milliseconds behind the base
 * @property {number} base milliseconds since the epoch
 * @property {number} count
 * @property {string[]} ids
 * @property {string[]} messages
 * @property {string[]} services the names that `service` points to, in the order of their first event
 * @property {string[]} types
 * @property {string[]} runs the chaos runs that events name, at most a few
 * @property {Float64Array} told by the services' clocks
 * @property {Float64Array} corrected
 * @property {Float64Array} duration
 * @property {Uint16Array} service
 * @property {Uint32Array} type
 * @property {Uint8Array} severity
 * @property {Uint8Array} certain whether it surely happened after the one before
 * @property {Int32Array} parent the place of the event with the parent span; -1 for none
 * @property {Arrow[]} arrows
 * @property {Map<string, number>} places of the events by id
 */

/** Most runs whose verdicts are asked for. */
export const MAX_RUNS = 5;

/** Collects pages of a timeline. */
export class Collected {
  constructor() {
    /** @type {Entry[][]} */
    this.pages = [];
    this.count = 0;
  }

  /** @param {Entry[]} entries */
  add(entries) {
    this.pages.push(entries);
    this.count += entries.length;
  }

  /** @returns {Model} */
  model() {
    return new Columns(this.pages, this.count).model;
  }
}

/** @param {Entry[]} entries */
export function modelOf(entries) {
  const collected = new Collected();
  collected.add(entries);
  return collected.model();
}

class Columns {
  /**
   * @param {Entry[][]} pages
   * @param {number} count
   */
  constructor(pages, count) {
    const first = pages.find(page => page.length)?.[0];
    /** @type {Model} */
    this.model = {
      base: first ? wholeSecond(first.event.occurred_at) : 0,
      count,
      ids: new Array(count),
      messages: new Array(count),
      services: [],
      types: [],
      runs: [],
      told: new Float64Array(count),
      corrected: new Float64Array(count),
      duration: new Float64Array(count),
      service: new Uint16Array(count),
      type: new Uint32Array(count),
      severity: new Uint8Array(count),
      certain: new Uint8Array(count),
      parent: new Int32Array(count).fill(-1),
      arrows: [],
      places: new Map(),
    };
    this.names = {services: new Map(), types: new Map()};
    this.spans = new Map();
    let place = 0;
    for (const page of pages) for (const entry of page) this.take(entry, place++);
    place = 0;
    for (const page of pages) for (const entry of page) this.connect(entry, place++);
  }

  /**
   * @param {Entry} entry
   * @param {number} i
   */
  take(entry, i) {
    const {model} = this;
    const event = entry.event;
    model.ids[i] = event.id;
    model.messages[i] = event.message ?? '';
    model.told[i] = since(model.base, event.occurred_at);
    model.corrected[i] = entry.corrected_at ? since(model.base, entry.corrected_at) : model.told[i];
    model.duration[i] = (event.duration ?? 0) / 1e6;
    model.service[i] = this.name('services', event.service);
    model.type[i] = this.name('types', event.type);
    model.severity[i] = Math.max(0, SEVERITIES.indexOf(event.severity));
    model.certain[i] = entry.order_certain === false ? 0 : 1;
    model.places.set(event.id, i);
    if (event.span_id && event.duration !== undefined) this.spans.set(span(event, event.span_id), i);
    const run = event.scenario_id;
    if (run && model.runs.length < MAX_RUNS && !model.runs.includes(run)) model.runs.push(run);
  }

  /**
   * @param {'services' | 'types'} kind
   * @param {string} name
   */
  name(kind, name) {
    const known = this.names[kind].get(name);
    if (known !== undefined) return known;
    const place = this.model[kind].push(name) - 1;
    this.names[kind].set(name, place);
    return place;
  }

  /**
   * @param {Entry} entry
   * @param {number} i
   */
  connect(entry, i) {
    const {event} = entry;
    // What a span's log or event names as its span is the place where it belongs.
    const above = event.duration === undefined && event.span_id ? event.span_id : event.parent_span_id;
    const parent = above ? this.spans.get(span(event, above)) : undefined;
    if (parent !== undefined && parent !== i) this.model.parent[i] = parent;
    let rank = 0;
    for (const link of entry.causes ?? []) {
      const cause = this.model.places.get(link.cause_id);
      if (cause !== undefined) this.model.arrows.push({cause, effect: i, rank: rank++, link});
    }
  }
}

/**
 * @param {ToldEvent} event
 * @param {string} id
 */
function span(event, id) {
  return `${event.trace_id ?? ''}/${id}`;
}
