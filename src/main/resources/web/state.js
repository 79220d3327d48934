// What the page shows is in the query string, so that any of it can be sent as a link.

/**
 * Names and values of the query string; one that is empty is left out.
 * @typedef {Record<string, string>} State
 */

/** @typedef {Record<string, string|number|boolean|undefined|null>} Changes */

/** Tells of `change` when the query string is another. */
export const state = new EventTarget();

/** @returns {State} what the query string says now */
export function read() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/**
 * The address of a state, for links.
 * @param {Changes} whole everything of it
 */
export function href(whole) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(whole)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return text ? '/?' + text : '/';
}

/**
 * Goes to another state; "back" leads here again.
 * @param {Changes} whole everything of it
 */
export function go(whole) {
  move(href(whole), false);
}

/**
 * Changes some of the state; "back" leads here again. What is empty is taken out.
 * @param {Changes} part
 */
export function change(part) {
  move(href({ ...read(), ...part }), false);
}

/**
 * Changes some of the state in place: for what changes often, as while someone types or zooms.
 * @param {Changes} part
 */
export function put(part) {
  move(href({ ...read(), ...part }), true);
}

/**
 * @param {string} address
 * @param {boolean} inPlace
 */
function move(address, inPlace) {
  if (address === location.pathname + location.search) {
    return;
  }
  history[inPlace ? 'replaceState' : 'pushState'](null, '', address);
  state.dispatchEvent(new Event('change'));
}

addEventListener('popstate', () => state.dispatchEvent(new Event('change')));
