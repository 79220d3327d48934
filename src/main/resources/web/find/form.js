// The form of what is asked for; what it says is in the address.
import { css, html } from 'lit';
import { line } from '../text.js';
import { FIELDS, ORDERS, attributes } from './question.js';

/** @typedef {import('../state.js').State} State */

export const formStyles = css`
  form { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: var(--gap); padding: var(--gap) calc(2 * var(--gap)); border-bottom: 1px solid var(--line); align-items: end; }
  form label { display: flex; flex-direction: column; gap: 2px; min-width: 0; }
  form input, form select { width: 100%; min-width: 0; color: var(--ink); }
  form input::placeholder { color: var(--ink-2); opacity: 1; }
  fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
  legend { color: var(--ink-2); padding: 0; margin-bottom: 2px; }
  .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 2px; }
  .acts { display: flex; flex-wrap: wrap; gap: var(--gap); }
  .acts button[type=submit] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
`;

/**
 * @param {State} state
 * @param {{send: (form: FormData) => void, clear: () => void}} acts
 */
export function form(state, acts) {
  const pairs = [...attributes(state), ['', '']];
  return html`<form aria-label="What to find" @submit=${(/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    acts.send(new FormData(/** @type {HTMLFormElement} */ (event.target)));
  }}>
    ${FIELDS.map(each => html`<label>${each.title}${each.choices ? choice(each, state) : html`<input name=${each.name}
      .value=${state[each.name] ?? ''} placeholder=${each.hint ?? ''} autocomplete="off" spellcheck="false">`}</label>`)}
    ${pairs.map(([name, value], i) => html`<fieldset><legend>Attribute ${i + 1}</legend><div class="pair">
      <input name="attribute-name" aria-label=${'Name of attribute ' + (i + 1)} placeholder="name" .value=${name} autocomplete="off" spellcheck="false">
      <input name="attribute-value" aria-label=${'Value of attribute ' + (i + 1)} placeholder="value" .value=${value} autocomplete="off" spellcheck="false">
    </div></fieldset>`)}
    <label>Order<select name="order">${Object.entries(ORDERS).map(([value, text]) =>
      html`<option value=${value} ?selected=${(state.order ?? '') === value}>${text}</option>`)}</select></label>
    <div class="acts"><button type="submit">Find</button><button type="button" @click=${acts.clear}>Clear</button></div>
  </form>`;
}

/**
 * @param {import('./question.js').Field} field
 * @param {State} state
 */
function choice(field, state) {
  const chosen = state[field.name] ?? '';
  const choices = field.choices ?? [];
  const all = chosen && !choices.includes(chosen) ? [chosen, ...choices] : choices;
  return html`<select name=${field.name}><option value="" ?selected=${chosen === ''}>any</option>
    ${all.map(each => html`<option value=${each} ?selected=${each === chosen}>${line(each)}</option>`)}</select>`;
}
