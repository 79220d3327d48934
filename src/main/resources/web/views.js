// The views of the page, a line each. A view is the element `audit-NAME`; its module exports `keys`.

/**
 * @typedef {{key: string, text: string}} Key a key and what it does
 * @typedef {{name: string, title: string, key: string, load: () => Promise<{keys?: Key[]}>}} View
 */

/** @type {View[]} */
export const views = [
  { name: 'board', title: 'Verdicts', key: 'v', load: () => import('./views/board.js') },
];
