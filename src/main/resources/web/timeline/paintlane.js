/** Draws what happened in one lane: marks, bars, whiskers and names, or how many where they are many. */
import { columns, inView, isDense, share } from './density.js';
import { placed } from './labels.js';
import { middle, ROW } from './lanes.js';
import { spoken } from './instant.js';
import { laneColor } from './look.js';
import { color, disc, draw, statusOf } from './marks.js';
import { cut } from '../text.js';

/** @typedef {import('./paint.js').Picture} Picture */
/** @typedef {import('./lanes.js').Lane} Lane */

const FAINT = 0.28;

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 * @param {Lane} lane
 * @param {number} top where lanes begin, in pixels of the canvas
 * @param {Set<number> | undefined} chosen the events of the selected chain
 */
export function paintLane(canvas, picture, lane, top, chosen) {
  const { scene, view } = picture;
  const events = visible(picture, lane);
  if (isDense(events.length, view.width)) {
    density(canvas, picture, lane, top, Int32Array.from(events));
    return;
  }
  events.filter(i => scene.model.duration[i] > 0).forEach(i => bar(canvas, picture, i, top, chosen));
  const marks = events.filter(i => scene.model.duration[i] === 0);
  marks.forEach(i => whisker(canvas, picture, i, top));
  marks.forEach(i => mark(canvas, picture, i, top, chosen));
  if (!scene.layout.waterfall) {
    names(canvas, picture, marks, top, chosen);
  }
}

/**
 * The events of a lane that are in view, with the spans that began before and reach into it.
 * @param {Picture} picture
 * @param {Lane} lane
 */
function visible({ scene, view }, lane) {
  const margin = 12 / view.factor;
  const [first, behind] = inView(lane.events, scene.places, view.from - margin, view.to + margin);
  const found = [];
  if (lane.hasSpans) {
    for (let k = 0; k < first; k++) {
      if (scene.ends[lane.events[k]] >= view.from) {
        found.push(lane.events[k]);
      }
    }
  }
  for (let k = first; k < behind; k++) {
    found.push(lane.events[k]);
  }
  return found;
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 * @param {number} i
 * @param {number} top
 * @param {Set<number> | undefined} chosen
 */
function mark(canvas, { scene, view, look, selected }, i, top, chosen) {
  const { model, layout } = scene;
  const x = view.x(scene.places[i]);
  const y = top + middle(layout, i);
  canvas.globalAlpha = chosen && !chosen.has(i) ? FAINT : 1;
  draw(canvas, look, {
    x,
    y,
    severity: model.severity[i],
    service: model.service[i],
    status: statusOf(model.types[model.type[i]], model.messages[i]),
    triggers: scene.triggers.has(model.ids[i]),
    halo: layout.waterfall,
  });
  canvas.globalAlpha = 1;
  if (i === selected) {
    canvas.strokeStyle = look.accent;
    canvas.lineWidth = 2.5;
    disc(canvas, x, y, 13);
    canvas.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 * @param {number} i
 * @param {number} top
 * @param {Set<number> | undefined} chosen
 */
function bar(canvas, { scene, view, look, selected, width }, i, top, chosen) {
  const { model, layout } = scene;
  const x = view.x(scene.places[i]);
  const length = Math.max(2, view.x(scene.ends[i]) - x);
  const y = top + middle(layout, i) - 7;
  if (x > width || x + length < view.left) {
    return;
  }
  canvas.globalAlpha = chosen && !chosen.has(i) ? FAINT : 1;
  canvas.fillStyle = laneColor(look, model.service[i]);
  canvas.beginPath();
  canvas.roundRect(x, y, length, 14, Math.min(2.5, length / 2));
  canvas.fill();
  if (model.severity[i] >= 2) {
    canvas.fillStyle = color(look, model.severity[i], model.service[i]);
    canvas.fillRect(x, y + 11, length, 3);
  }
  barName(canvas, { scene, view, look, width }, i, Math.max(x, view.left), x + length, y + 7);
  canvas.globalAlpha = 1;
  if (i === selected) {
    canvas.strokeStyle = look.accent;
    canvas.lineWidth = 2.5;
    canvas.strokeRect(x - 2, y - 2, length + 4, 18);
  }
}

/**
 * The name of a span: in its bar, or behind it where it has a row of its own.
 * @param {CanvasRenderingContext2D} canvas
 * @param {Pick<Picture, 'scene' | 'view' | 'look' | 'width'>} picture
 * @param {number} i
 * @param {number} from
 * @param {number} to
 * @param {number} y
 */
function barName(canvas, { scene: { model, layout }, look, width }, i, from, to, y) {
  canvas.font = `11px ${look.font}`;
  canvas.textBaseline = 'middle';
  canvas.textAlign = 'left';
  const type = cut(model.types[model.type[i]], 60);
  const name = layout.waterfall ? `${type}  ${spoken(model.duration[i])}` : type;
  const size = canvas.measureText(name).width;
  if (size + 10 < to - from) {
    canvas.fillStyle = look.ground;
    canvas.fillText(name, from + 5, y + 0.5);
  } else if (layout.waterfall && to + size + 10 < width) {
    canvas.fillStyle = look.quiet;
    canvas.fillText(name, to + 6, y + 0.5);
  }
}

/**
 * How sure the time of an event is.
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 * @param {number} i
 * @param {number} top
 */
function whisker(canvas, { scene, view, look, whiskers }, i, top) {
  const { model, times, folding, layout } = scene;
  const size = whiskers[model.service[i]];
  if (!size) {
    return;
  }
  const from = view.x(folding.place(times[i] - size.before));
  const to = view.x(folding.place(times[i] + size.behind));
  const y = Math.round(top + middle(layout, i)) + 0.5;
  canvas.strokeStyle = look.quiet;
  canvas.lineWidth = 1;
  canvas.beginPath();
  canvas.moveTo(from, y);
  canvas.lineTo(to, y);
  for (const x of [from, to]) {
    canvas.moveTo(x, y - 3.5);
    canvas.lineTo(x, y + 3.5);
  }
  canvas.stroke();
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 * @param {number[]} marks
 * @param {number} top
 * @param {Set<number> | undefined} chosen
 */
function names(canvas, { scene, view, look, width, selected }, marks, top, chosen) {
  const { model, layout } = scene;
  canvas.font = `11px ${look.font}`;
  canvas.textAlign = 'left';
  canvas.textBaseline = 'middle';
  /** @type {Map<number, number>} */
  const often = new Map();
  marks.forEach(i => often.set(model.type[i], (often.get(model.type[i]) ?? 0) + 1));
  const wanted = marks.map(i => {
    const text = nameOf(model, i);
    const rare = 1 / (often.get(model.type[i]) ?? 1);
    const merit = model.severity[i] + rare + (i === selected ? 100 : 0) + (chosen?.has(i) ? 10 : 0);
    return { event: i, text, x: view.x(scene.places[i]) - 4, width: canvas.measureText(text).width, merit };
  });
  for (const { event, text, x } of placed(wanted, width)) {
    canvas.fillStyle = model.severity[event] >= 2 ? color(look, model.severity[event], 0) : look.quiet;
    canvas.globalAlpha = chosen && !chosen.has(event) ? 0.45 : 1;
    canvas.fillText(text, x, top + middle(layout, event) + ROW / 2 + 6);
  }
  canvas.globalAlpha = 1;
}

/**
 * What a mark is called: of a verdict the expectation, of all others the type.
 * @param {import('./model.js').Model} model
 * @param {number} i
 */
function nameOf(model, i) {
  const type = model.types[model.type[i]];
  const status = statusOf(type, model.messages[i]);
  return status ? cut(model.messages[i].split(` ${status}`)[0], 44) : cut(type, 44);
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {Picture} picture
 * @param {Lane} lane
 * @param {number} top
 * @param {Int32Array} events
 */
function density(canvas, { scene, view, look }, lane, top, events) {
  const counted = columns(events, scene.places, scene.model.severity, view);
  const floor = top + lane.top + lane.height - 4;
  const room = lane.height - 10;
  const filled = new Float32Array(counted.width);
  // The worst stands at the bottom, where it is never too small to be seen.
  for (let severity = 4; severity >= 0; severity--) {
    canvas.fillStyle = color(look, severity, lane.service);
    for (let x = 0; x < counted.width; x++) {
      const some = counted.counts[severity * counted.width + x];
      if (some > 0) {
        const part = Math.max(severity > 1 ? 3 : 1, (share(counted.totals[x], counted.most) * room * some) / counted.totals[x]);
        canvas.fillRect(view.left + x, floor - filled[x] - part, 1, part);
        filled[x] += part;
      }
    }
  }
}
