// Facts about one thing, as names and values, and sections that are fetched each by itself.
import { css, html, nothing } from 'lit';
import { incompleteBox, problemBox } from '../element.js';
import { omissions } from '../service.js';
import { line, lines } from '../text.js';

/**
 * What a section shows: its answer, or why there is none.
 * @typedef {{answer?: any, failure?: Error}} Part
 */

export const factStyles = css`
  section { padding: var(--gap) calc(2 * var(--gap)); border-bottom: 1px solid var(--line); min-width: 0; }
  section > h3 { margin-bottom: var(--gap); }
  .head { padding: var(--gap) calc(2 * var(--gap)); border-bottom: 1px solid var(--line); }
  .head h2 { font-size: 1.25em; overflow-wrap: anywhere; }
  .head p { overflow-wrap: anywhere; white-space: pre-wrap; }
  .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(32rem, 100%), 1fr)); gap: 0 calc(3 * var(--gap)); }
  dl { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr); gap: 2px calc(2 * var(--gap)); margin: 0; }
  dt { color: var(--ink-2); overflow-wrap: anywhere; }
  dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
  nav.links { display: flex; flex-wrap: wrap; gap: 2px calc(2 * var(--gap)); margin-top: var(--gap); }
  form.which { display: flex; flex-wrap: wrap; gap: var(--gap); padding: var(--gap) calc(2 * var(--gap)); border-bottom: 1px solid var(--line); align-items: end; }
  form.which input { width: min(28rem, 70vw); }
`;

/**
 * Names and values; one without a value is left out.
 * @param {[string, unknown][]} facts
 */
export function list(facts) {
  const told = facts.filter(([, value]) => value !== undefined && value !== '' && value !== nothing);
  return html`<dl>${told.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/**
 * A value of an attribute, as people read it.
 * @param {unknown} value
 */
export function value(value) {
  return typeof value === 'string' ? lines(value) : line(JSON.stringify(value));
}

/**
 * Asks for something of which the rest does not depend.
 * @param {Promise<any>} asked
 * @returns {Promise<Part>}
 */
export async function part(asked) {
  try {
    return { answer: await asked };
  } catch (failure) {
    return { failure: failure instanceof Error ? failure : new Error(String(failure)) };
  }
}

/**
 * A section, with what its answer left out.
 * @param {string} title
 * @param {Part | undefined} part undefined while it is fetched
 * @param {(answer: any) => unknown} show
 */
export function section(title, part, show) {
  return html`<section aria-label=${title}><h3>${title}</h3>
    ${part?.failure ? problemBox(part.failure) : nothing}
    ${part?.answer ? html`${incompleteBox(omissions(part.answer))}${show(part.answer)}` : nothing}
    ${part ? nothing : html`<p class="quiet">reading</p>`}
  </section>`;
}

/** @param {string} text */
export function none(text) {
  return html`<p class="quiet">${text}</p>`;
}
