// What is asked for, in the state of the page and as the parameters of the service.

/** @typedef {import('../state.js').State} State */
/** @typedef {Record<string, string>} Params */
/**
 * @typedef {{name: string, param: string, title: string, hint?: string, choices?: string[], list?: boolean}} Field one field
 *     of the form; its name in the state, and the parameter of the service
 */

const SEVERITIES = ['debug', 'info', 'warning', 'error', 'critical'];

/** @type {Field[]} */
export const FIELDS = [
  { name: 'id', param: 'id_prefix', title: 'Id or trace begins with', hint: 'at least 4 characters' },
  { name: 'service', param: 'service', title: 'Service' },
  { name: 'type', param: 'type', title: 'Type', hint: 'order.filled' },
  { name: 'min_severity', param: 'min_severity', title: 'Severity at least', choices: SEVERITIES },
  { name: 'severity', param: 'severity', title: 'Just severity', choices: SEVERITIES },
  { name: 'error', param: 'error', title: 'Error', choices: ['true', 'false'] },
  { name: 'min_duration', param: 'min_duration', title: 'Took at least', hint: '250ms' },
  { name: 'max_duration', param: 'max_duration', title: 'Took at most', hint: '15s' },
  // Not in other quotes: the build takes the word for the beginning of an import.
  { name: `from`, param: `from`, title: 'From', hint: '2026-01-31T12:00:00Z' },
  { name: 'to', param: 'to', title: 'To', hint: 'exclusive' },
  { name: 'run', param: 'scenario_id', title: 'Run' },
  { name: 'trace', param: 'trace_id', title: 'Trace' },
  { name: 'flow', param: 'correlation_id', title: 'Correlation id' },
];

const ATTRIBUTE = 'attribute.';

/** @type {Record<string, string>} */
export const ORDERS = { '': 'newest first', oldest_first: 'oldest first', duration: 'slowest first' };

/**
 * The attributes that are asked for.
 * @param {State} state
 * @returns {[string, string][]} name and value
 */
export function attributes(state) {
  return Object.entries(state)
    .filter(([name]) => name.startsWith(ATTRIBUTE) && name.length > ATTRIBUTE.length)
    .map(([name, value]) => [name.slice(ATTRIBUTE.length), value]);
}

/**
 * The conditions, as the service reads them.
 * @param {State} state
 * @returns {Params}
 */
export function conditions(state) {
  /** @type {Params} */
  const params = {};
  for (const { name, param } of FIELDS) {
    if (state[name]) {
      params[param] = state[name];
    }
  }
  for (const [name, value] of attributes(state)) {
    params[ATTRIBUTE + name] = value;
  }
  return params;
}

/**
 * What is asked for, so that two states can be compared by it.
 * @param {State | undefined} state
 */
export function asked(state) {
  return JSON.stringify([conditions(state ?? {}), state?.order ?? '', state?.live ?? '']);
}

/**
 * The state of a form.
 * @param {FormData} form
 * @param {State} state what else is in it stays
 * @returns {State}
 */
export function ofForm(form, state) {
  /** @type {State} */
  const next = { view: 'find', live: state.live ?? '', order: String(form.get('order') ?? '') };
  for (const { name } of FIELDS) {
    next[name] = String(form.get(name) ?? '').trim();
  }
  const names = form.getAll('attribute-name');
  const values = form.getAll('attribute-value');
  names.forEach((name, i) => {
    const wanted = String(name).trim();
    if (wanted && values[i] !== '') {
      next[ATTRIBUTE + wanted] = String(values[i]);
    }
  });
  return next;
}

/**
 * What was read for pages so far, in words.
 * @param {{events: number, reached?: string, end: string} | undefined} scanned
 * @param {number} read events over all pages
 * @param {(time: string) => string} clock
 */
export function reading(scanned, read, clock) {
  if (!scanned) {
    return 'found by an index';
  }
  const amount = read.toLocaleString('en') + ' events read';
  return scanned.reached ? amount + ', as far as ' + clock(scanned.reached) : amount + ', all there are';
}
