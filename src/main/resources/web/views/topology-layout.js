// Where the nodes of a topology are drawn: in layers, callers to the left. It depends on which nodes and edges
// there are and on nothing else, so that nothing jumps while numbers change.

/**
 * What was measured; times in seconds.
 * @typedef {{count: number, per_second: number, requests: number, errors: number, error_rate: number, p50?: number, p99?: number, types: string[]}} Traffic
 * @typedef {{id: string, name: string, type: string, instance: string, status: string, reason: string,
 *   labels: Record<string, string>, endpoints: string[], last_seen?: string, traffic?: Traffic}} Node
 * @typedef {{id: string, source: string, target: string, connection: string, status: string, reason: string,
 *   critical: boolean, last_seen?: string, traffic?: Traffic}} Edge
 * @typedef {{id: string, x: number, y: number}} Place the upper left corner of a node
 * @typedef {{places: Map<string, Place>, width: number, height: number}} Layout
 */

export const WIDTH = 196;
export const HEIGHT = 58;
const ACROSS = 132;
const DOWN = 26;
const MARGIN = 16;
const SWEEPS = 4;

/**
 * @param {Node[]} nodes
 * @param {Edge[]} edges
 * @returns {Layout}
 */
export function layout(nodes, edges) {
  const ids = nodes.map(each => each.id).sort(compare);
  const next = neighbours(ids, edges, each => [each.source, each.target]);
  const before = neighbours(ids, edges, each => [each.target, each.source]);
  const connected = ids.filter(id => followers(next, id).length || followers(before, id).length);
  const layers = ordered(layered(connected, next), next, before);
  const alone = ids.filter(id => !connected.includes(id));
  return placed(layers, alone);
}

/**
 * @param {string[]} ids
 * @param {Edge[]} edges
 * @param {(edge: Edge) => [string, string]} ends
 */
function neighbours(ids, edges, ends) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map(ids.map(id => [id, new Set()]));
  edges.map(ends).sort(([one], [other]) => compare(one, other)).forEach(([from, to]) => {
    if (from !== to && found.has(to)) {
      found.get(from)?.add(to);
    }
  });
  return found;
}

/**
 * @param {Map<string, Set<string>>} of
 * @param {string} id
 */
function followers(of, id) {
  return [...(of.get(id) ?? [])].sort(compare);
}

/**
 * The layer of each node: one behind the last of those that call it. Calls in a circle are cut where they come
 * back to a node that is on the way.
 * @param {string[]} ids
 * @param {Map<string, Set<string>>} next
 */
function layered(ids, next) {
  const forward = acyclic(ids, next);
  /** @type {Map<string, number>} */
  const layer = new Map(ids.map(id => [id, 0]));
  for (let round = 0, moved = true; moved && round < ids.length; round++) {
    moved = false;
    for (const id of ids) {
      for (const to of forward.get(id) ?? []) {
        const least = (layer.get(id) ?? 0) + 1;
        if ((layer.get(to) ?? 0) < least) {
          layer.set(to, least);
          moved = true;
        }
      }
    }
  }
  /** @type {string[][]} */
  const layers = [];
  ids.forEach(id => (layers[layer.get(id) ?? 0] ??= []).push(id));
  return [...layers].map(each => each ?? []);
}

/**
 * The edges without those that close a circle.
 * @param {string[]} ids
 * @param {Map<string, Set<string>>} next
 */
function acyclic(ids, next) {
  /** @type {Map<string, string[]>} */
  const kept = new Map(ids.map(id => [id, []]));
  /** @type {Set<string>} */
  const done = new Set();
  for (const start of ids) {
    /** @type {[string, string[]][]} nodes on the way, with what is left of their edges */
    const way = done.has(start) ? [] : [[start, followers(next, start)]];
    const on = new Set(way.map(([id]) => id));
    while (way.length) {
      const [id, left] = way[way.length - 1];
      const to = left.shift();
      if (to === undefined) {
        done.add(id);
        on.delete(id);
        way.pop();
      } else if (!on.has(to)) {
        kept.get(id)?.push(to);
        if (!done.has(to)) {
          way.push([to, followers(next, to)]);
          on.add(to);
        }
      }
    }
  }
  return kept;
}

/**
 * Each layer in such an order that few edges cross: nodes stand where their neighbours stand on average.
 * @param {string[][]} layers
 * @param {Map<string, Set<string>>} next
 * @param {Map<string, Set<string>>} before
 */
function ordered(layers, next, before) {
  let now = layers;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const of = sweep % 2 === 0 ? before : next;
    const at = positions(now);
    now = now.map(layer => [...layer].sort((one, other) =>
      mean(of, at, one) - mean(of, at, other) || compare(one, other)));
  }
  return now;
}

/** @param {string[][]} layers */
function positions(layers) {
  return new Map(layers.flatMap(layer => layer.map((id, i) => /** @type {[string, number]} */ ([id, (i + 0.5) / layer.length]))));
}

/**
 * @param {Map<string, Set<string>>} of
 * @param {Map<string, number>} at
 * @param {string} id
 */
function mean(of, at, id) {
  const all = followers(of, id).map(each => at.get(each) ?? 0.5);
  return all.length ? all.reduce((sum, each) => sum + each, 0) / all.length : (at.get(id) ?? 0.5);
}

/**
 * @param {string[][]} layers
 * @param {string[]} alone nodes without an edge, in rows below
 * @returns {Layout}
 */
function placed(layers, alone) {
  /** @type {Map<string, Place>} */
  const places = new Map();
  const most = Math.max(0, ...layers.map(each => each.length));
  const full = most * (HEIGHT + DOWN);
  layers.forEach((layer, column) => layer.forEach((id, row) => {
    const top = (full - layer.length * (HEIGHT + DOWN)) / 2;
    places.set(id, { id, x: MARGIN + column * (WIDTH + ACROSS), y: MARGIN + top + row * (HEIGHT + DOWN) });
  }));
  const columns = Math.max(layers.length, Math.min(4, alone.length));
  const below = MARGIN + full + (full && alone.length ? DOWN : 0);
  alone.forEach((id, i) => places.set(id, {
    id,
    x: MARGIN + (i % columns) * (WIDTH + (layers.length > 1 ? ACROSS : DOWN)),
    y: below + Math.floor(i / columns) * (HEIGHT + DOWN),
  }));
  const all = [...places.values()];
  return {
    places,
    width: Math.max(0, ...all.map(each => each.x)) + WIDTH + MARGIN,
    height: Math.max(0, ...all.map(each => each.y)) + HEIGHT + MARGIN + DOWN,
  };
}

/**
 * @param {string} one
 * @param {string} other
 */
function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

/**
 * The nodes that a failure of one reaches: those that call it, and those whose events follow from its own, and so on.
 * @param {string} id
 * @param {Edge[]} edges
 * @returns {Set<string>} without the node itself
 */
export function affected(id, edges) {
  /** @type {Set<string>} */
  const found = new Set();
  const left = [id];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    for (const edge of edges) {
      const isFlow = edge.connection === 'DATA_FLOW';
      const [from, to] = isFlow ? [edge.source, edge.target] : [edge.target, edge.source];
      if (from === at && to !== id && !found.has(to)) {
        found.add(to);
        left.push(to);
      }
    }
  }
  return found;
}
