/** Everything of a timeline that does not change while one looks around in it. */
import { bands } from './bands.js';
import { folded, gaps } from './fold.js';
import { canBeWaterfall, swimLanes, waterfall } from './lanes.js';
import { Folding } from './scale.js';

/** @typedef {import('./model.js').Model} Model */
/** @typedef {import('./bands.js').Band} Band */
/** @typedef {import('./bands.js').ToldVerdict} ToldVerdict */

/**
 * @typedef {object} Choices
 * @property {boolean} fold whether idle stretches are folded
 * @property {boolean} corrected whether corrected times are shown
 * @property {boolean} waterfall whether each span has a row
 *
 * @typedef {object} Scene
 * @property {Model} model
 * @property {Float64Array} times those that are shown
 * @property {Int32Array} order the events in the order of these times
 * @property {Folding} folding
 * @property {Float64Array} places of the events' starts
 * @property {Float64Array} ends places of their ends
 * @property {import('./lanes.js').Layout} layout
 * @property {Band[]} bands
 * @property {ToldVerdict[]} left verdicts without a band
 * @property {Map<string, ToldVerdict>} triggers the verdicts by the event that started their clock
 * @property {number} zero from where the axis counts
 * @property {number} lasts from the first event to the end of the last, in milliseconds
 */

/**
 * @param {Model} model
 * @param {ToldVerdict[]} verdicts
 * @param {Choices} choices
 * @returns {Scene}
 */
export function sceneOf(model, verdicts, choices) {
  const times = choices.corrected ? model.corrected : model.told;
  const order = ordered(times);
  const rows = bands(verdicts, model.base);
  const happened = moments(model, times, order, rows.bands);
  const end = happened.starts.reduce((most, start, i) => Math.max(most, start + happened.durations[i]), -Infinity);
  const start = happened.starts.length ? happened.starts[0] : 0;
  const folds = choices.fold ? folded(gaps(happened.starts, happened.durations), end - start) : [];
  const folding = new Folding(start, Math.max(end, start), folds);
  const zero = order.length ? times[order[0]] : 0;
  const falls = choices.waterfall && canBeWaterfall(model);
  return {
    model,
    times,
    order,
    folding,
    places: times.map(time => folding.place(time)),
    ends: times.map((time, i) => folding.place(time + model.duration[i])),
    layout: (falls ? waterfall : swimLanes)(model, times, order),
    bands: rows.bands,
    left: rows.left,
    triggers: new Map(verdicts.map(verdict => [verdict.trigger_id, verdict])),
    zero,
    lasts: times.reduce((most, time, i) => Math.max(most, time + model.duration[i]), zero) - zero,
  };
}

/** @param {Float64Array} times */
function ordered(times) {
  const order = Int32Array.from(times, (_, i) => i);
  const isOrdered = times.every((time, i) => i === 0 || times[i - 1] <= time);
  return isOrdered ? order : order.sort((a, b) => times[a] - times[b]);
}

/**
 * When something is to be seen: events, and the ends of windows.
 * @param {Model} model
 * @param {Float64Array} times
 * @param {Int32Array} order
 * @param {Band[]} rows
 */
function moments(model, times, order, rows) {
  const edges = rows.flatMap(band => [band.from, band.to, ...(band.miss === undefined ? [] : [band.miss])]);
  const all = [...edges.map(at => ({ at, lasts: 0 })), ...Array.from(order, i => ({ at: times[i], lasts: model.duration[i] }))];
  if (edges.length) {
    all.sort((a, b) => a.at - b.at);
  }
  return { starts: Float64Array.from(all, each => each.at), durations: Float64Array.from(all, each => each.lasts) };
}
