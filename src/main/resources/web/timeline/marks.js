/** How an event looks: its form says how severe it is, and so does its colour. */
import { laneColor } from './look.js';

/** @typedef {import('./look.js').Look} Look */

/** @type {Record<string, keyof Look>} */
const STATUS = { PASSED: 'passed', FAILED: 'failed', PENDING: 'pending', INCONCLUSIVE: 'inconclusive' };

/** @type {Record<string, string>} */
const SIGNS = { PASSED: '✓', FAILED: '✗', PENDING: '…', INCONCLUSIVE: '?' };

/**
 * The status in the words of a verdict's event; undefined if it is no verdict.
 * @param {string} type
 * @param {string} message
 */
export function statusOf(type, message) {
  return type === 'audit.verdict' ? /\b(PASSED|FAILED|PENDING|INCONCLUSIVE)\b/.exec(message)?.[1] : undefined;
}

/**
 * The colour of a severity, or of the lane where nothing is wrong.
 * @param {Look} look
 * @param {number} severity
 * @param {number} service
 */
export function color(look, severity, service) {
  return severity >= 3 ? look.failed : severity === 2 ? look.inconclusive : laneColor(look, service);
}

/**
 * @typedef {object} Mark
 * @property {number} x
 * @property {number} y
 * @property {number} severity
 * @property {number} service
 * @property {string | undefined} status of a verdict
 * @property {boolean} triggers whether it started the clock of an expectation
 * @property {boolean} halo whether it stands on something from which it must stand out
 */

/**
 * Draws an event.
 * @param {CanvasRenderingContext2D} canvas
 * @param {Look} look
 * @param {Mark} mark
 */
export function draw(canvas, look, mark) {
  if (mark.halo) {
    canvas.fillStyle = look.ground;
    disc(canvas, mark.x, mark.y, 8.5);
    canvas.fill();
  }
  canvas.fillStyle = color(look, mark.severity, mark.service);
  canvas.strokeStyle = canvas.fillStyle;
  canvas.lineWidth = 1.5;
  if (mark.status) {
    stamp(canvas, look, mark);
  } else {
    [debug, info, warning, error, critical][mark.severity](canvas, mark.x, mark.y, look);
  }
  if (mark.triggers) {
    ring(canvas, look, mark.x, mark.y);
  }
}

/**
 * A verdict: a square with its sign.
 * @param {CanvasRenderingContext2D} canvas
 * @param {Look} look
 * @param {Mark} mark
 */
function stamp(canvas, look, { x, y, status = '' }) {
  canvas.fillStyle = /** @type {string} */ (look[STATUS[status]]);
  canvas.beginPath();
  canvas.roundRect(x - 6.5, y - 6.5, 13, 13, 2.5);
  canvas.fill();
  canvas.fillStyle = look.ground;
  canvas.font = `700 10px ${look.font}`;
  canvas.textAlign = 'center';
  canvas.textBaseline = 'middle';
  canvas.fillText(SIGNS[status], x, y + 0.5);
}

/** @param {CanvasRenderingContext2D} canvas @param {number} x @param {number} y @param {Look} look */
function debug(canvas, x, y, look) {
  disc(canvas, x, y, 3);
  canvas.fillStyle = look.ground;
  canvas.fill();
  canvas.stroke();
}

/** @param {CanvasRenderingContext2D} canvas @param {number} x @param {number} y */
function info(canvas, x, y) {
  disc(canvas, x, y, 4.25);
  canvas.fill();
}

/** @param {CanvasRenderingContext2D} canvas @param {number} x @param {number} y */
function warning(canvas, x, y) {
  polygon(canvas, [[x, y - 6.5], [x + 6.5, y + 5], [x - 6.5, y + 5]]);
  canvas.fill();
}

/** @param {CanvasRenderingContext2D} canvas @param {number} x @param {number} y */
function error(canvas, x, y) {
  rhombus(canvas, x, y, 6);
  canvas.fill();
}

/** @param {CanvasRenderingContext2D} canvas @param {number} x @param {number} y */
function critical(canvas, x, y) {
  rhombus(canvas, x, y, 5.5);
  canvas.fill();
  rhombus(canvas, x, y, 9);
  canvas.stroke();
}

/** @param {CanvasRenderingContext2D} canvas @param {Look} look @param {number} x @param {number} y */
function ring(canvas, look, x, y) {
  canvas.strokeStyle = look.ink;
  canvas.lineWidth = 1.25;
  disc(canvas, x, y, 11);
  canvas.stroke();
}

/** @param {CanvasRenderingContext2D} canvas @param {number} x @param {number} y @param {number} radius */
export function disc(canvas, x, y, radius) {
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, 2 * Math.PI);
}

/** @param {CanvasRenderingContext2D} canvas @param {number} x @param {number} y @param {number} size */
function rhombus(canvas, x, y, size) {
  polygon(canvas, [[x, y - size], [x + size, y], [x, y + size], [x - size, y]]);
}

/** @param {CanvasRenderingContext2D} canvas @param {number[][]} corners */
function polygon(canvas, corners) {
  canvas.beginPath();
  corners.forEach(([x, y]) => canvas.lineTo(x, y));
  canvas.closePath();
}
