// Who is at the page, and logging in: the token is sent once, and becomes a cookie that no script can read.
import { LitElement, html, nothing } from 'lit';
import { shared } from './styles.js';
import { ServiceProblem, ask, login } from './service.js';
import { problemBox } from './element.js';
import { line } from './text.js';

const PATH = '/api/v1/session';

/** @typedef {{name: string, kind: string, roles: string[], until?: string}} Who */

/** Says who one is, and lets one in and out. */
export class AuditSession extends LitElement {
  static properties = { who: { state: true }, problem: { state: true }, needed: { state: true } };

  static styles = [shared];

  constructor() {
    super();
    /** @type {Who | undefined} */
    this.who = undefined;
    /** @type {ServiceProblem | undefined} */
    this.problem = undefined;
    this.needed = false;
    this.need = () => { this.needed = true; };
  }

  connectedCallback() {
    super.connectedCallback();
    login.addEventListener('needed', this.need);
    this.send('GET', {});
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    login.removeEventListener('needed', this.need);
  }

  /**
   * @param {string} method
   * @param {Record<string, string>} headers
   * @returns {Promise<void>}
   */
  async send(method, headers) {
    try {
      const answer = await ask(PATH, { method, headers });
      const text = await answer.text();
      if (!text) {
        return await this.send('GET', {});
      }
      this.who = JSON.parse(text);
      this.problem = undefined;
      if (method !== 'GET') {
        this.changed();
      }
    } catch (failure) {
      this.problem = failure instanceof ServiceProblem ? failure : undefined;
    }
  }

  changed() {
    this.needed = false;
    login.dispatchEvent(new Event('changed'));
  }

  /** @param {SubmitEvent} event */
  begin(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (this.renderRoot.querySelector('input'));
    const token = field.value.trim();
    field.value = '';
    this.send('POST', { Authorization: 'Bearer ' + token });
  }

  async end() {
    await this.send('DELETE', {});
    this.changed();
  }

  render() {
    if (!this.who) {
      return problemBox(this.problem);
    }
    const known = this.who.kind !== 'NONE';
    return html`<div class="bar">
      <span role="status">${this.described(known)}</span>
      <form ?hidden=${known} @submit=${this.begin}>
        <label>Token <input type="password" autocomplete="current-password" required></label>
        <button>Log in</button>
      </form>
      <button type="button" ?hidden=${this.who.kind !== 'SESSION'} @click=${this.end}>Log out</button>
    </div>${this.problem ? problemBox(this.problem) : nothing}`;
  }

  /** @param {boolean} known */
  described(known) {
    if (!this.who || !known) {
      return this.needed ? 'The service asks who you are: log in with a token.' : 'You are nobody known here.';
    }
    const roles = this.who.roles.join(', ') || 'no role';
    const until = this.who.until ? ', until ' + new Date(this.who.until).toLocaleString() : '';
    return line(this.who.name) + ': ' + line(roles) + until;
  }
}

customElements.define('audit-session', AuditSession);
