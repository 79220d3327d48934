// Texts of others, as people may be shown them. Counterpart of PrintableText in Java.

const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udfff]/g;

/** @type {Record<string, string>} */
const SHORT = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text on one line; what is not seen, or would turn the order of letters around, is written as in JSON.
 * @param {unknown} text
 * @returns {string}
 */
export function line(text) {
  return String(text ?? '').replace(HIDDEN, written);
}

/**
 * The same of several lines, whose line ends and tabs stay.
 * @param {unknown} text
 * @returns {string}
 */
export function lines(text) {
  return String(text ?? '').replace(HIDDEN, found => (found === '\n' || found === '\t' ? found : written(found)));
}

/**
 * @param {string} found
 * @returns {string}
 */
function written(found) {
  return SHORT[found] ?? [...Array(found.length).keys()].map(i => unit(found.charCodeAt(i))).join('');
}

/** @param {number} code */
function unit(code) {
  return '\\u' + code.toString(16).padStart(4, '0');
}

/**
 * A text cut to a number of characters, with an ellipsis where it was cut.
 * @param {unknown} text
 * @param {number} most
 */
export function cut(text, most) {
  const whole = [...line(text)];
  return whole.length <= most ? whole.join('') : whole.slice(0, most - 1).join('') + '…';
}

/**
 * Seconds as people say them: 350 µs, 12.5 ms, 3.2 s, 4 min 10 s, 2 h 5 min.
 * @param {number} seconds
 */
export function duration(seconds) {
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? '−' : '';
  if (size === 0) {
    return '0 s';
  }
  if (size < 1e-6) {
    return sign + round(size * 1e9) + ' ns';
  }
  if (size < 1e-3) {
    return sign + round(size * 1e6) + ' µs';
  }
  if (size < 1) {
    return sign + round(size * 1e3) + ' ms';
  }
  if (size < 60) {
    return sign + round(size) + ' s';
  }
  const whole = Math.round(size);
  const [large, small, names] =
    whole < 3600 ? [Math.floor(whole / 60), whole % 60, ['min', 's']]
      : whole < 86400 ? [Math.floor(whole / 3600), Math.round((whole % 3600) / 60), ['h', 'min']]
        : [Math.floor(whole / 86400), Math.round((whole % 86400) / 3600), ['d', 'h']];
  return sign + large + ' ' + names[0] + (small ? ' ' + small + ' ' + names[1] : '');
}

/** @param {number} value */
function round(value) {
  return String(Number(value.toPrecision(3)));
}

/**
 * A time of RFC 3339 as the time of day here, with milliseconds, and the date if it is not today's.
 * @param {string} time
 */
export function clock(time) {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) {
    return line(time);
  }
  const day = at.toDateString() === new Date().toDateString() ? '' : date(at) + ' ';
  return day + two(at.getHours()) + ':' + two(at.getMinutes()) + ':' + two(at.getSeconds()) + '.' + String(at.getMilliseconds()).padStart(3, '0');
}

/**
 * A sentence of the service, with its times as people here say them.
 * @param {unknown} text
 */
export function prose(text) {
  return line(text).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, clock);
}

/** @param {Date} at */
function date(at) {
  return at.getFullYear() + '-' + two(at.getMonth() + 1) + '-' + two(at.getDate());
}

/** @param {number} value */
function two(value) {
  return String(value).padStart(2, '0');
}
