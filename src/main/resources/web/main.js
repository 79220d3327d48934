// The shell of the page: it shows the view that the query string names, and knows the keys.
import { LitElement, css, html, nothing } from 'lit';
import { shared } from './styles.js';
import { problemBox } from './element.js';
import { go, href, read, state } from './state.js';
import { login } from './service.js';
import { views } from './views.js';
import './theme.js';
import './session.js';
import './help.js';
import { nextTheme, theme } from './theme.js';

/** @typedef {import('./views.js').View} View */
/** @typedef {import('./element.js').AuditElement} AuditElement */

/** The whole page. */
export class AuditPage extends LitElement {
  static properties = {
    state: { state: true },
    shown: { state: true },
    problem: { state: true },
    asks: { state: true },
  };

  static styles = [shared, css`
    :host { display: flex; flex-direction: column; min-height: 100vh; }
    header { display: flex; flex-wrap: wrap; align-items: center; gap: 0 var(--gap); padding: 0 calc(2 * var(--gap)); border-bottom: 1px solid var(--line); background: var(--ground-2); }
    h1 { margin-right: var(--gap); white-space: nowrap; }
    h1 a { color: inherit; }
    nav { display: flex; flex-wrap: wrap; flex: 1; }
    nav a { padding: 8px var(--gap); color: var(--ink-2); border-bottom: 2px solid transparent; }
    nav a:hover { color: var(--ink); text-decoration: none; }
    nav a[aria-current] { color: var(--ink); border-bottom-color: var(--accent); }
    header button { border-color: transparent; background: none; color: var(--ink-2); padding: 0 6px; }
    header button:hover { background: var(--ground-3); color: var(--ink); }
    main { flex: 1; min-width: 0; }
  `];

  constructor() {
    super();
    this.state = read();
    /** @type {{view: View, element: AuditElement, keys: import('./views.js').Key[]} | undefined} */
    this.shown = undefined;
    /** @type {Error | undefined} */
    this.problem = undefined;
    this.asks = false;
    this.pending = '';
  }

  connectedCallback() {
    super.connectedCallback();
    state.addEventListener('change', () => this.changed());
    login.addEventListener('needed', () => { this.asks = true; });
    login.addEventListener('changed', () => this.anew());
    document.addEventListener('keydown', event => this.press(event));
    document.addEventListener('click', event => this.follow(event));
    this.changed();
  }

  /** The view that the state names; without one, the first. */
  get view() {
    return views.find(each => each.name === this.state.view) ?? views[0];
  }

  changed() {
    this.state = read();
    if (this.shown?.view === this.view) {
      this.shown.element.state = this.state;
    } else {
      this.open(this.view);
    }
  }

  /** Shows the view from the beginning, as for another person. */
  anew() {
    this.asks = false;
    this.shown = undefined;
    this.changed();
  }

  /** @param {View} view */
  async open(view) {
    try {
      const module = await view.load();
      if (view === this.view) {
        const element = /** @type {AuditElement} */ (document.createElement('audit-' + view.name));
        element.state = this.state;
        this.shown = { view, element, keys: module.keys ?? [] };
        this.problem = undefined;
        document.title = view.title + ' · Audit Correlator';
      }
    } catch (failure) {
      this.problem = failure instanceof Error ? failure : new Error(String(failure));
    }
  }

  /**
   * Links to states of the page change it in place.
   * @param {MouseEvent} event
   */
  follow(event) {
    const link = event.composedPath().find(each => each instanceof HTMLAnchorElement);
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0
        || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
        || link.target || link.origin !== location.origin || link.pathname !== '/') {
      return;
    }
    event.preventDefault();
    go(Object.fromEntries(new URLSearchParams(link.search)));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || types(event)) {
      return;
    }
    if (this.known(event)) {
      event.preventDefault();
    }
  }

  /** @param {KeyboardEvent} event */
  known(event) {
    const went = this.pending === 'g' ? views.find(each => each.key === event.key) : undefined;
    this.pending = event.key === 'g' && this.pending === '' ? 'g' : '';
    if (went) {
      go({ view: went.name });
    } else if (event.key === '?') {
      this.help();
    } else if (event.key === 'd') {
      this.dark();
    } else {
      return this.pending === 'g' || this.shown?.element.press(event);
    }
    return true;
  }

  help() {
    const help = /** @type {import('./help.js').AuditHelp} */ (this.renderRoot.querySelector('audit-help'));
    help.toggle();
  }

  dark() {
    nextTheme();
    this.requestUpdate();
  }

  render() {
    return html`<header>
      <h1><a href="/">Audit Correlator</a></h1>
      <nav aria-label="Views">${views.map(each => html`<a href=${href({ view: each.name })}
        aria-current=${each === this.view ? 'page' : nothing} title=${'Keys: g ' + each.key}>${each.title}</a>`)}</nav>
      <button type="button" @click=${this.dark} title="Key: d">Theme: ${theme()}</button>
      <button type="button" @click=${() => { this.asks = !this.asks; }} aria-expanded=${this.asks}>Login</button>
      <button type="button" @click=${this.help} title="Key: ?" aria-label="Keys">?</button>
    </header>
    ${this.asks ? html`<section aria-label="Login"><audit-session></audit-session></section>` : nothing}
    <main>${problemBox(this.problem)}${this.shown?.element ?? nothing}</main>
    <audit-help .keys=${this.shown?.keys ?? []}></audit-help>`;
  }
}

/**
 * Whether a key goes into a field.
 * @param {KeyboardEvent} event
 */
function types(event) {
  const at = event.composedPath()[0];
  return at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement
    || (at instanceof HTMLElement && at.isContentEditable);
}

customElements.define('audit-page', AuditPage);
