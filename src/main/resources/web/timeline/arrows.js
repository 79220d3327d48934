/** Which causes are drawn as arrows, and how each runs. */

/** @typedef {import('./model.js').Arrow} Arrow */
/** @typedef {import('./model.js').Model} Model */

/** More arrows than this nobody can follow. */
export const MAX_ARROWS = 180;

/** So many stretches of the picture share them evenly. */
const STRETCHES = 60;

/** With fewer events than this, what else may be the cause is drawn too. */
const FEW = 120;

/** @type {Record<string, string>} */
const DASHES = {explicit: '', parent: '1 4', rule: '7 4', manual: '10 3 2 3'};

/** How a kind of link is dashed. @param {string} kind */
export function dash(kind) {
  return DASHES[kind] ?? '';
}

/** The weight of a confidence, in pixels. @param {number} confidence */
export function weight(confidence) {
  return 0.6 + 1.9 * Math.max(0, Math.min(1, confidence)) ** 2;
}

/**
 * The arrows of which a part is in view, at most {@link MAX_ARROWS} and those of the selected event:
 * in each stretch of the picture the surest. A link from a span to the span that called it says
 * nothing in a waterfall, where the one stands under the other.
 * @param {Model} model
 * @param {Float64Array} places
 * @param {{from: number, to: number}} view
 * @param {number} selected an event, or -1
 * @param {boolean} waterfall
 * @returns {{drawn: Arrow[], left: number}} and how many are left out
 */
export function choose(model, places, view, selected, waterfall) {
  const few = model.count <= FEW;
  const candidates = [];
  for (const arrow of model.arrows) {
    const chosen = isOf(arrow, selected);
    const isShown = chosen || ((arrow.rank === 0 || few) && !(waterfall && isNesting(model, arrow)));
    if (isShown && places[arrow.effect] >= view.from && places[arrow.cause] <= view.to) candidates.push(arrow);
  }
  if (candidates.length <= MAX_ARROWS) return {drawn: candidates, left: 0};
  candidates.sort((a, b) => merit(b, model) - merit(a, model));
  const taken = new Uint16Array(STRETCHES);
  const drawn = candidates.filter(arrow => {
    const share = (places[arrow.effect] - view.from) / (view.to - view.from);
    const stretch = Math.max(0, Math.min(STRETCHES - 1, Math.floor(share * STRETCHES)));
    return isOf(arrow, selected) || taken[stretch]++ < MAX_ARROWS / STRETCHES;
  });
  return {drawn, left: candidates.length - drawn.length};
}

/**
 * @param {Arrow} arrow
 * @param {number} event
 */
export function isOf(arrow, event) {
  return arrow.cause === event || arrow.effect === event;
}

/**
 * @param {Model} model
 * @param {Arrow} arrow
 */
function isNesting(model, arrow) {
  return model.parent[arrow.effect] === arrow.cause;
}

/**
 * @param {Arrow} arrow
 * @param {Model} model
 */
function merit(arrow, model) {
  return model.severity[arrow.effect] + arrow.link.confidence - arrow.rank;
}

/**
 * All that led to an event and all that it led to, by the best cause of each.
 * @param {Model} model
 * @param {number} event
 * @returns {Set<number>} the places of events, with the event
 */
export function chain(model, event) {
  const causes = new Map();
  /** @type {Map<number, number[]>} */
  const effects = new Map();
  for (const {cause, effect, rank} of model.arrows) {
    if (rank !== 0) continue;
    causes.set(effect, cause);
    if (effects.has(cause)) effects.get(cause)?.push(effect);
    else effects.set(cause, [effect]);
  }
  const found = new Set([event]);
  for (let at = causes.get(event); at !== undefined && !found.has(at); at = causes.get(at)) found.add(at);
  const waiting = [event];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const effect of effects.get(at) ?? []) {
      if (!found.has(effect)) {
        found.add(effect);
        waiting.push(effect);
      }
    }
  }
  return found;
}

/**
 * The way of an arrow: it leaves to the right and comes from the left, and runs as an arc above
 * where both ends are at one height.
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 * @returns {string} an SVG path
 */
export function path(x1, y1, x2, y2) {
  if (Math.abs(y1 - y2) < 1) {
    const rise = Math.min(22, 8 + Math.abs(x2 - x1) / 12);
    const lean = (x2 - x1) / 4;
    return `M${n(x1)} ${n(y1 - 5)}C${n(x1 + lean)} ${n(y1 - rise)} ${n(x2 - lean)} ${n(y2 - rise)} ${n(x2 - 1)} ${n(y2 - 6)}`;
  }
  const down = y2 > y1 ? 1 : -1;
  const start = y1 + 5 * down;
  const end = y2 - 7 * down;
  const run = x2 - x1;
  const bend = Math.min(Math.abs(end - start) * 0.6, 90);
  if (Math.abs(run) < 24) {
    return `M${n(x1)} ${n(start)}C${n(x1)} ${n(start + bend * down)} ${n(x2)} ${n(end - bend * down)} ${n(x2)} ${n(end)}`;
  }
  const reach = Math.min(Math.abs(run) * 0.5, 120) * Math.sign(run);
  return `M${n(x1 + 5 * Math.sign(run))} ${n(y1)}C${n(x1 + reach)} ${n(y1)} ${n(x2)} ${n(end - bend * down)} ${n(x2)} ${n(end)}`;
}

/** @param {number} value */
function n(value) {
  return Math.round(value * 10) / 10;
}
