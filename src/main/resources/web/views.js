// The views of the page, a line each. A view is the element `audit-NAME`; its module exports `keys`.

/**
 * @typedef {{key: string, text: string}} Key a key and what it does
 * @typedef {{name: string, title: string, key: string, load: () => Promise<{keys?: Key[]}>}} View
 */

/** @type {View[]} */
export const views = [
  { name: 'board', title: 'Verdicts', key: 'v', load: () => import('./views/board.js') },
  { name: 'timeline', title: 'Timeline', key: 't', load: () => import('./views/timeline.js') },
  { name: 'find', title: 'Find', key: 'f', load: () => import('./views/find.js') },
  { name: 'event', title: 'Event', key: 'e', load: () => import('./views/event.js') },
  { name: 'service', title: 'Service', key: 's', load: () => import('./views/service.js') },
  { name: 'sources', title: 'Sources', key: 'u', load: () => import('./views/sources.js') },
  { name: 'topology', title: 'Topology', key: 'o', load: () => import('./views/topology.js') },
  { name: 'compare', title: 'Compare', key: 'c', load: () => import('./views/compare.js') },
];
