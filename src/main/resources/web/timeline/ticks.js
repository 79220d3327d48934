/** Where the axis says what time it is. */

/** @typedef {import('./scale.js').Folding} Folding */
/** @typedef {import('./scale.js').View} View */

const STEPS = [1, 2, 5];
const CLOCK = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/**
 * The shortest round time that is at least so long.
 * @param {number} least milliseconds
 */
export function step(least) {
  if (least > 1000) {
    const seconds = CLOCK.find(each => each * 1000 >= least);
    return (seconds ?? Math.ceil(least / 86_400_000) * 86_400) * 1000;
  }
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-6)));
  const found = STEPS.find(each => each * power >= least * 0.999);
  return (found ?? 10) * power;
}

/**
 * Ticks in each stretch that is not folded; none nearer to another than `space` pixels.
 * @param {Folding} folding
 * @param {View} view
 * @param {number} zero the time from which ticks count
 * @param {number} space pixels
 * @returns {{time: number, x: number}[]}
 */
export function ticks(folding, view, zero, space) {
  const every = step(space / view.factor);
  const found = [];
  let last = -Infinity;
  for (const stretch of stretches(folding)) {
    const from = Math.max(stretch.from, folding.time(view.from));
    const to = Math.min(stretch.to, folding.time(view.to));
    const first = Math.ceil((from - zero) / every - 1e-6);
    const count = Math.floor((to - zero) / every + 1e-6) - first;
    for (let i = 0; i <= count && i < 200; i++) {
      const time = zero + (first + i) * every;
      const x = view.x(folding.place(time));
      if (x - last >= space) {
        found.push({time, x});
        last = x;
      }
    }
  }
  return found;
}

/** @param {Folding} folding */
function stretches(folding) {
  const found = [];
  let from = -Infinity;
  for (const fold of folding.folds) {
    found.push({from, to: fold.from});
    from = fold.to;
  }
  found.push({from, to: Infinity});
  return found;
}

/**
 * What an axis calls a time behind its zero.
 * @param {number} milliseconds
 * @param {number} every the distance of ticks
 */
export function label(milliseconds, every) {
  const sign = milliseconds < -1e-9 ? '−' : '+';
  const size = Math.abs(milliseconds);
  if (size < 1e-9) return '0';
  if (every < 1) return `${sign}${places(size, every)} ms`;
  if (every < 1000 && size < 1000) return `${sign}${Math.round(size)} ms`;
  if (size < 120_000) return `${sign}${places(size / 1000, every / 1000)} s`;
  const seconds = Math.round(size / 1000);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return sign + (time[0] ? time : time.slice(1)).map((part, i) => (i ? String(part).padStart(2, '0') : part)).join(':');
}

/**
 * @param {number} value
 * @param {number} every
 */
function places(value, every) {
  return value.toFixed(Math.min(6, Math.max(0, Math.ceil(-Math.log10(every) - 1e-9))));
}
