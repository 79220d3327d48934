/**
 * Times and durations. A time is a number of milliseconds behind a base, with parts of a
 * nanosecond's size: doubles hold a nanosecond exactly for a hundred days around the base.
 */

const INSTANT = /^(.*?)(?:\.(\d{1,9}))?(?:Z|\+00:00)$/;

/**
 * Milliseconds since the epoch of the whole second in which an instant lies.
 * @param {string} text RFC 3339, in UTC
 */
export function wholeSecond(text) {
  const parts = INSTANT.exec(text);
  const at = Date.parse(parts ? `${parts[1]}Z` : text);
  return Number.isNaN(at) ? 0 : at;
}

/**
 * Milliseconds from a base to an instant, exact to the nanosecond.
 * @param {number} base as {@link wholeSecond} gives it
 * @param {string} text RFC 3339, in UTC
 */
export function since(base, text) {
  const parts = INSTANT.exec(text);
  const nanos = parts?.[2] ? Number(parts[2].padEnd(9, '0')) : 0;
  return wholeSecond(text) - base + nanos / 1e6;
}

/**
 * The instant so many milliseconds behind a base, to the nanosecond.
 * @param {number} base as {@link wholeSecond} gives it
 * @param {number} offset
 */
export function instant(base, offset) {
  const seconds = Math.floor(offset / 1000);
  const nanos = Math.round((offset - seconds * 1000) * 1e6);
  const whole = new Date(base + (seconds + (nanos >= 1e9 ? 1 : 0)) * 1000).toISOString().slice(0, 19);
  return `${whole}.${String(nanos % 1e9).padStart(9, '0')}Z`;
}

/**
 * A duration for people: three digits, and the unit that fits.
 * @param {number} milliseconds
 */
export function spoken(milliseconds) {
  const size = Math.abs(milliseconds);
  const sign = milliseconds < 0 ? '−' : '';
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${sign}${digits(size * 1e6)} ns`;
  if (size < 1) return `${sign}${digits(size * 1e3)} µs`;
  if (size < 999.5) return `${sign}${digits(size)} ms`;
  if (size < 119_500) return `${sign}${digits(size / 1000)} s`;
  return sign + clock(size);
}

/** @param {number} size in milliseconds, from two minutes */
function clock(size) {
  const seconds = Math.round(size / 1000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const parts = [[days, 'd'], [hours, 'h'], [minutes, 'm'], [seconds % 60, 's']];
  return parts.filter(([value]) => value).slice(0, 2).map(([value, unit]) => `${value} ${unit}`).join(' ');
}

/** @param {number} value positive */
function digits(value) {
  const places = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return String(Number(value.toFixed(places)));
}

/**
 * The same with a sign, as a distance from the start.
 * @param {number} milliseconds
 */
export function offset(milliseconds) {
  return milliseconds < 0 ? spoken(milliseconds) : `+${spoken(milliseconds)}`;
}
