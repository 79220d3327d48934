// What the service answers. Everything that goes wrong is a ServiceProblem with words for people.

/**
 * What an answer left out, and why.
 * @typedef {{bound: string, left_out?: number, since?: string, until?: string, explanation: string}} Omission
 */

/** Tells of `needed` when the service asks who is there. */
export const login = new EventTarget();

/** Why the service did not answer, or what it said instead. */
export class ServiceProblem extends Error {
  /**
   * @param {string} title
   * @param {string} detail
   * @param {number} status of HTTP; 0 where there was no answer
   */
  constructor(title, detail, status) {
    super(title);
    this.title = title;
    this.detail = detail;
    this.status = status;
  }
}

/**
 * The address of a path with its parameters; those that are empty are left out.
 * @param {string} path
 * @param {Record<string, string|number|boolean|undefined|null>} [params]
 */
export function address(path, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return text ? path + '?' + text : path;
}

/**
 * Asks for JSON.
 * @param {string} path such as /api/v1/verdicts
 * @param {Record<string, string|number|boolean|undefined|null>} [params]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 * @throws {ServiceProblem} if there is no answer, or one that is not good
 */
export async function get(path, params, signal) {
  const answer = await ask(address(path, params), { signal, headers: { Accept: 'application/json' } });
  return await answer.json();
}

/**
 * Asks, and makes a problem of every answer that is not good.
 * @param {string} url
 * @param {RequestInit} how
 * @returns {Promise<Response>}
 */
export async function ask(url, how) {
  let answer;
  try {
    answer = await fetch(url, { cache: 'no-store', redirect: 'error', ...how });
  } catch (failure) {
    if (how.signal?.aborted) {
      throw failure;
    }
    throw new ServiceProblem('The service does not answer', 'Is it running? ' + message(failure), 0);
  }
  if (!answer.ok) {
    throw await problem(answer);
  }
  return answer;
}

/**
 * All of a list that comes in pages, up to a number.
 * @param {string} path
 * @param {Record<string, string|number|boolean|undefined|null>} params
 * @param {string} field of the answer that has the list
 * @param {number} most
 * @param {AbortSignal} [signal]
 * @returns {Promise<{items: any[], incomplete: Omission[], more: boolean, last: any}>} `more` if there is more than
 *     was asked for; `last` is the last answer
 */
export async function pages(path, params, field, most, signal) {
  /** @type {any[]} */
  const items = [];
  /** @type {Omission[]} */
  const incomplete = [];
  let token = '';
  let last;
  do {
    const limit = Math.min(1000, most - items.length);
    last = await get(path, { ...params, limit, page_token: token }, signal);
    items.push(...last[field]);
    incomplete.push(...omissions(last));
    token = last.next_page_token ?? '';
  } while (token && items.length < most);
  return { items, incomplete, more: token !== '', last };
}

/**
 * Everything an answer says it left out.
 * @param {any} answer
 * @returns {Omission[]}
 */
export function omissions(answer) {
  const found = [...(answer?.incomplete ?? [])];
  if (answer?.truncated && !found.length) {
    found.push({ bound: 'LIMIT', explanation: 'There is more than the answer holds.' });
  }
  return found;
}

/**
 * @param {Response} answer
 * @returns {Promise<ServiceProblem>}
 */
async function problem(answer) {
  if (answer.status === 401 || answer.status === 403) {
    login.dispatchEvent(new Event('needed'));
  }
  const text = await answer.text().catch(() => '');
  try {
    const said = JSON.parse(text);
    return new ServiceProblem(said.title ?? 'Refused', said.detail ?? said.error ?? '', answer.status);
  } catch {
    return new ServiceProblem('The service answered ' + answer.status, text.slice(0, 300), answer.status);
  }
}

/** @param {unknown} failure */
function message(failure) {
  return failure instanceof Error ? failure.message : String(failure);
}
