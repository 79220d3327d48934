/** What the keys of a timeline do. */
import { change, put } from '../state.js';

/**
 * @param {{state: Record<string, string>, choices: import('./scene.js').Choices}} view
 * @param {import('./drawing.js').AuditLanes | null} lanes the picture, if it is there
 * @returns {Record<string, () => void>} by key
 */
export function acts({ state, choices }, lanes) {
  return {
    f: () => change({ fold: choices.fold ? 'off' : '' }),
    k: () => change({ clocks: choices.corrected ? '' : 'corrected' }),
    u: () => change({ sure: state.sure ? '' : 'shown' }),
    w: () => change({ lanes: choices.waterfall ? 'services' : 'spans' }),
    t: () => change({ as: state.as ? '' : 'table' }),
    '+': () => lanes?.zoom(1.5),
    '=': () => lanes?.zoom(1.5),
    '-': () => lanes?.zoom(1 / 1.5),
    0: () => lanes?.all(),
    Escape: () => put({ sel: '', cause: '', verdict: '', part: '' }),
  };
}
