/** What is drawn, for those who hear it. */
import { line } from '../text.js';
import { offset } from './instant.js';
import { SEVERITIES } from './model.js';

/**
 * An event in words.
 * @param {import('./scene.js').Scene} scene
 * @param {number} i
 */
export function words({ model, times, zero }, i) {
  const causes = model.arrows.filter(arrow => arrow.effect === i).length;
  return line(`${model.types[model.type[i]]} of ${model.services[model.service[i]]}, ${offset(times[i] - zero)}, `
    + `${SEVERITIES[model.severity[i]]}${causes ? `, causes: ${causes}` : ''}. ${model.messages[i]}`);
}
