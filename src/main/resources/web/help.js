// The keys of the page and of the view that is shown.
import { LitElement, css, html } from 'lit';
import { shared } from './styles.js';
import { views } from './views.js';

/** @typedef {import('./views.js').Key} Key */

/** @type {Key[]} */
const EVERYWHERE = [
  { key: '?', text: 'these keys' },
  { key: 'Esc', text: 'closes what is open' },
  { key: 'd', text: 'light, dark, or as the system has it' },
];

/** A dialog with the keys. */
export class AuditHelp extends LitElement {
  static properties = { keys: { attribute: false } };

  static styles = [shared, css`
    dialog { border: 1px solid var(--line); border-radius: var(--radius); background: var(--ground); color: var(--ink); padding: calc(2 * var(--gap)); max-width: min(40rem, 92vw); }
    dialog::backdrop { background: rgb(0 0 0 / 40%); }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px calc(2 * var(--gap)); margin: var(--gap) 0; }
    dd { margin: 0; }
    kbd { font-family: var(--mono); border: 1px solid var(--line); border-bottom-width: 2px; border-radius: var(--radius); padding: 0 .4em; background: var(--ground-2); }
  `];

  constructor() {
    super();
    /** @type {Key[]} those of the view */
    this.keys = [];
  }

  toggle() {
    const dialog = /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
    if (dialog.open) {
      dialog.close();
    } else {
      dialog.showModal();
    }
  }

  render() {
    const ofViews = views.map(view => ({ key: 'g ' + view.key, text: view.title }));
    return html`<dialog aria-label="Keys">
      <h2>Keys</h2>
      ${[EVERYWHERE, ofViews, this.keys].map(list => html`<dl>${list.map(each =>
        html`<dt>${each.key.split(' ').map(part => html`<kbd>${part}</kbd> `)}</dt><dd>${each.text}</dd>`)}</dl>`)}
      <form method="dialog"><button autofocus>Close</button></form>
    </dialog>`;
  }
}

customElements.define('audit-help', AuditHelp);
