// What every view is: an element that draws from `.state`, shows what went wrong and what was left out.
import { LitElement, html, nothing } from 'lit';
import { shared } from './styles.js';
import { ServiceProblem } from './service.js';
import { line } from './text.js';

/** @typedef {import('./service.js').Omission} Omission */
/** @typedef {import('./state.js').State} State */

/** Base of the views. A view overrides `show()`, and `come()` to fetch what it needs. */
export class AuditElement extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    state: { attribute: false },
    problem: { state: true },
    incomplete: { state: true },
    busy: { state: true },
  };

  static styles = [shared];

  constructor() {
    super();
    /** @type {State} what the query string says */
    this.state = {};
    /** @type {ServiceProblem | Error | undefined} what went wrong last */
    this.problem = undefined;
    /** @type {Omission[]} what the answers left out */
    this.incomplete = [];
    /** whether something is being fetched */
    this.busy = false;
    /** @type {AbortController | undefined} */
    this.loading = undefined;
  }

  /**
   * Fetches what the view shows. What an earlier call has not ended is given up; what goes wrong is shown.
   * @param {(signal: AbortSignal) => Promise<void>} work
   */
  async load(work) {
    this.loading?.abort();
    const mine = new AbortController();
    this.loading = mine;
    this.busy = true;
    try {
      await work(mine.signal);
      if (!mine.signal.aborted) {
        this.problem = undefined;
      }
    } catch (failure) {
      if (!mine.signal.aborted) {
        this.problem = failure instanceof Error ? failure : new Error(String(failure));
      }
    } finally {
      if (this.loading === mine) {
        this.busy = false;
      }
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.loading?.abort();
  }

  /**
   * A key was pressed, and nobody is typing.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the view knew it
   */
  press(event) {
    return false && event;
  }

  render() {
    return html`${problemBox(this.problem)}${incompleteBox(this.incomplete)}${this.show()}`;
  }

  /** @returns {unknown} what the view shows, as a template of Lit */
  show() {
    return nothing;
  }
}

/**
 * What went wrong, in words.
 * @param {ServiceProblem | Error | undefined} problem
 */
export function problemBox(problem) {
  if (!problem) {
    return nothing;
  }
  const known = problem instanceof ServiceProblem;
  return html`<div class="box bad" role="alert">
    <strong>${line(known ? problem.title : 'The page has a fault')}</strong>
    <p>${line(known ? problem.detail : problem.message)}</p>
  </div>`;
}

/**
 * What answers left out, so that nobody takes a part for the whole.
 * @param {Omission[]} incomplete
 */
export function incompleteBox(incomplete) {
  if (!incomplete.length) {
    return nothing;
  }
  const said = new Map(incomplete.map(each => [each.bound + each.explanation, each]));
  return html`<div class="box note" role="status">
    <strong>Not all of it is here</strong>
    ${[...said.values()].map(each => html`<p>${line(each.explanation || each.bound)}${
      each.left_out === undefined ? nothing : html` <span class="quiet">(${each.left_out} left out)</span>`}</p>`)}
  </div>`;
}

/**
 * A table.
 * @template T
 * @param {{caption: string, columns: {title: string, of: (row: T) => unknown, number?: boolean}[], rows: T[]}} what
 */
export function table({ caption, columns, rows }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}><table>
    <caption>${caption}</caption>
    <thead><tr>${columns.map(each => html`<th scope="col" class=${each.number ? 'number' : ''}>${each.title}</th>`)}</tr></thead>
    <tbody>${rows.map(row => html`<tr>${columns.map(each =>
      html`<td class=${each.number ? 'number' : ''}>${each.of(row)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
