/**
 * Which event stands in which lane and row. A lane is a service; its spans are packed into rows so
 * that none covers another, its other events share one row. As a waterfall, each span has a row of
 * its own, under the span that called it.
 */

/** @typedef {import('./model.js').Model} Model */

/**
 * @typedef {object} Lane
 * @property {string} name of the service, or of the span
 * @property {number} service its place among the services, for the colour
 * @property {number} depth how far it is indented
 * @property {number} rows
 * @property {number} top pixels from the start of all lanes
 * @property {number} height
 * @property {Int32Array} events their places, in the order of time
 * @property {boolean} hasMarks whether other events than spans are in it
 * @property {boolean} hasSpans
 *
 * @typedef {object} Layout
 * @property {Lane[]} lanes
 * @property {Int32Array} lane the lane of each event
 * @property {Uint16Array} row the row of each event within its lane
 * @property {number} height of all lanes
 * @property {boolean} waterfall
 */

export const ROW = 18;
const ABOVE = 17;
const BELOW = 9;
const LABELS = 15;
const WATERFALL_ROW = 22;
const MAX_ROWS = 40;

/** So many spans have rows of their own at most. */
export const MAX_WATERFALL = 2000;

/**
 * @param {Model} model
 * @param {Float64Array} times those that are shown
 * @param {Int32Array} order all events in the order of these times
 * @returns {Layout} a lane for each service, in the order of their first events
 */
export function swimLanes(model, times, order) {
  const members = split(model, order);
  const layout = empty(model, false);
  members.forEach((events, service) => {
    const packed = pack(model, times, events, layout.row);
    events.forEach(i => (layout.lane[i] = service));
    const rows = Math.max(1, packed.rows);
    layout.lanes.push({
      name: model.services[service],
      service,
      depth: 0,
      rows,
      top: layout.height,
      height: ABOVE + BELOW + rows * ROW + (packed.hasMarks ? LABELS : 0),
      events,
      hasMarks: packed.hasMarks,
      hasSpans: packed.rows > (packed.hasMarks ? 1 : 0),
    });
    layout.height += layout.lanes[service].height;
  });
  return layout;
}

/**
 * @param {Model} model
 * @param {Int32Array} order
 * @returns {Int32Array[]} the events of each service in the order of time
 */
function split(model, order) {
  const sizes = new Array(model.services.length).fill(0);
  for (let i = 0; i < model.count; i++) sizes[model.service[i]]++;
  const members = sizes.map(size => new Int32Array(size));
  const filled = new Array(sizes.length).fill(0);
  for (const i of order) members[model.service[i]][filled[model.service[i]]++] = i;
  return members;
}

/**
 * Puts marks into the first row, spans into rows in which they cover nothing.
 * @param {Model} model
 * @param {Float64Array} times
 * @param {Int32Array} events
 * @param {Uint16Array} row
 */
function pack(model, times, events, row) {
  const hasMarks = events.some(i => model.duration[i] === 0);
  const first = hasMarks ? 1 : 0;
  /** @type {number[]} */
  const ends = [];
  for (const i of events) {
    if (model.duration[i] === 0) continue;
    let free = ends.findIndex(end => end <= times[i]);
    if (free < 0) free = ends.length < MAX_ROWS ? ends.length : MAX_ROWS - 1;
    ends[free] = Math.max(ends[free] ?? -Infinity, times[i] + model.duration[i]);
    row[i] = first + free;
  }
  return {rows: first + ends.length, hasMarks};
}

/**
 * @param {Model} model
 * @param {boolean} waterfall
 * @returns {Layout}
 */
function empty(model, waterfall) {
  return {
    lanes: [],
    lane: new Int32Array(model.count),
    row: new Uint16Array(model.count),
    height: 0,
    waterfall,
  };
}

/**
 * Whether a waterfall says more than lanes: there are spans, and not too many.
 * @param {Model} model
 */
export function canBeWaterfall(model) {
  let spans = 0;
  for (let i = 0; i < model.count; i++) spans += model.duration[i] > 0 ? 1 : 0;
  return spans > 0 && spans <= MAX_WATERFALL;
}

/**
 * A row for each span, children under their parents in the order of time; what is no span stands
 * on the row of the span that it belongs to, or has a row of its own.
 * @param {Model} model
 * @param {Float64Array} times
 * @param {Int32Array} order all events in the order of these times
 * @returns {Layout}
 */
export function waterfall(model, times, order) {
  const children = childrenOf(model, order);
  const layout = empty(model, true);
  /** @type {number[][]} */
  const members = [];
  // A stack, as spans may be nested deeper than calls may be.
  const waiting = children.roots.map(i => ({i, depth: 0})).reverse();
  let next;
  while ((next = waiting.pop())) {
    const {i, depth} = next;
    const below = children.of.get(i) ?? [];
    const guests = below.filter(child => isLeafMark(model, children.of, child));
    layout.lanes.push(spanLane(model, i, depth, layout.lanes.length));
    members.push([i, ...guests]);
    for (const member of [i, ...guests]) layout.lane[member] = layout.lanes.length - 1;
    const deeper = below.filter(child => !isLeafMark(model, children.of, child));
    for (const child of deeper.reverse()) waiting.push({i: child, depth: depth + 1});
  }
  layout.lanes.forEach((lane, k) => (lane.events = Int32Array.from(members[k]).sort((a, b) => times[a] - times[b])));
  layout.height = layout.lanes.length * WATERFALL_ROW;
  return layout;
}

/**
 * @param {Model} model
 * @param {Map<number, number[]>} below
 * @param {number} i
 */
function isLeafMark(model, below, i) {
  return model.duration[i] === 0 && !below.has(i);
}

/**
 * @param {Model} model
 * @param {number} i
 * @param {number} depth
 * @param {number} place
 * @returns {Lane}
 */
function spanLane(model, i, depth, place) {
  return {
    name: model.types[model.type[i]],
    service: model.service[i],
    depth,
    rows: 1,
    top: place * WATERFALL_ROW,
    height: WATERFALL_ROW,
    events: new Int32Array(0),
    hasMarks: false,
    hasSpans: true,
  };
}

/**
 * @param {Model} model
 * @param {Int32Array} order
 */
function childrenOf(model, order) {
  /** @type {Map<number, number[]>} */
  const of = new Map();
  const roots = [];
  const reached = reachable(model);
  for (const i of order) {
    const parent = reached[i] ? model.parent[i] : -1;
    if (parent < 0) roots.push(i);
    else if (of.has(parent)) of.get(parent)?.push(i);
    else of.set(parent, [i]);
  }
  return {of, roots};
}

/**
 * Which events a root leads to: senders may tell of spans that are their own ancestors.
 * @param {Model} model
 */
function reachable(model) {
  const state = new Uint8Array(model.count);
  for (let i = 0; i < model.count; i++) {
    const path = [];
    let at = i;
    while (at >= 0 && state[at] === 0) {
      state[at] = 2;
      path.push(at);
      at = model.parent[at];
    }
    // Where the path meets itself, the event at which it does becomes a root.
    const meets = at >= 0 && path.includes(at) ? at : -1;
    for (const each of path) state[each] = 1;
    if (meets >= 0) state[meets] = 3;
  }
  return Array.from(state, each => each !== 3);
}

/**
 * The middle of an event's row, in pixels from the start of all lanes.
 * @param {Layout} layout
 * @param {number} i
 */
export function middle(layout, i) {
  const lane = layout.lanes[layout.lane[i]];
  if (layout.waterfall) return lane.top + WATERFALL_ROW / 2;
  const below = lane.hasMarks && layout.row[i] > 0 ? LABELS : 0;
  return lane.top + ABOVE + below + layout.row[i] * ROW + ROW / 2;
}

/**
 * The lane at a height, or undefined.
 * @param {Layout} layout
 * @param {number} y pixels from the start of all lanes
 */
export function laneAt(layout, y) {
  return layout.lanes.find(lane => y >= lane.top && y < lane.top + lane.height);
}
