/** The colours of the page, as a canvas takes them. */

const TOKENS = {
  ink: '--ink', quiet: '--ink-2', ground: '--ground', soft: '--ground-2', strong: '--ground-3', line: '--line', accent: '--accent',
  passed: '--passed', failed: '--failed', pending: '--pending', inconclusive: '--inconclusive',
};

/**
 * @typedef {Record<keyof typeof TOKENS, string> & {lanes: string[], font: string, size: number}} Look
 */

/**
 * Reads the tokens as they are at an element. They may name others, so the browser is asked what comes out.
 * @param {HTMLElement} probe an element that nobody sees
 * @returns {Look}
 */
export function lookAt(probe) {
  const style = getComputedStyle(probe);
  /** @param {string} token */
  const color = token => {
    probe.style.color = `var(${token})`;
    return style.color;
  };
  const named = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, color(token)]));
  return {
    .../** @type {Record<keyof typeof TOKENS, string>} */ (named),
    lanes: Array.from({ length: 8 }, (_, i) => color(`--lane-${i + 1}`)),
    font: style.fontFamily,
    size: parseFloat(style.fontSize) || 13,
  };
}

/**
 * The colour of a service.
 * @param {Look} look
 * @param {number} service
 */
export function laneColor(look, service) {
  return look.lanes[service % look.lanes.length];
}
