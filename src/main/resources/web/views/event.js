// One event with everything about it.
import { html, nothing } from 'lit';
import { AuditElement } from '../element.js';
import { get, pages } from '../service.js';
import { go } from '../state.js';
import { attributes, chain, fields, head, links, provenance, touched, verdicts } from '../find/eventparts.js';
import { factStyles, none, part, section } from '../find/facts.js';
import { eventTable, rowStyles } from '../find/rows.js';

/** @typedef {import('../find/rows.js').Event} Event */
/** @typedef {import('../find/facts.js').Part} Part */

const MOST_LINKS = 1000;
const MOST_VERDICTS = 2000;

/** @type {import('../views.js').Key[]} */
export const keys = [
  { key: '/', text: 'to the id' },
  { key: 'l', text: 'its timeline' },
  { key: 'j', text: 'next event that is named' },
  { key: 'k', text: 'event before that is named' },
];

export class AuditEventView extends AuditElement {
  static properties = { event: { state: true }, parts: { state: true } };

  static styles = [...AuditElement.styles, factStyles, rowStyles];

  constructor() {
    super();
    /** @type {Event | undefined} */
    this.event = undefined;
    /** @type {Record<string, Part>} */
    this.parts = {};
    this.asked = '';
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('state') && (this.state.id ?? '') !== this.asked) {
      this.asked = this.state.id ?? '';
      this.event = undefined;
      this.parts = {};
      this.problem = undefined;
      if (this.asked) {
        this.fetch(this.asked);
      }
    }
  }

  /** @param {string} id */
  fetch(id) {
    return this.load(async signal => {
      const path = '/api/v1/events/' + encodeURIComponent(id);
      const event = await get(path, {}, signal);
      this.event = event;
      await Promise.all([
        this.take('links', linksOf(id, signal), signal),
        this.take('chain', get(path + '/chain', {}, signal), signal),
        this.take('group', get(path + '/group', {}, signal), signal),
        this.take('verdicts', verdictsOf(event, signal), signal),
      ]);
    });
  }

  /**
   * @param {string} name
   * @param {Promise<any>} asked
   * @param {AbortSignal} signal
   */
  async take(name, asked, signal) {
    const found = await part(asked);
    if (!signal.aborted) {
      this.parts = { ...this.parts, [name]: found };
    }
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === '/') {
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('input'))?.focus();
    } else if (event.key === 'l' && this.event) {
      go({ view: 'timeline', event: this.event.id, sel: this.event.id });
    } else if (event.key === 'j' || event.key === 'k') {
      this.step(event.key === 'j' ? 1 : -1);
    } else {
      return false;
    }
    return true;
  }

  /** @param {number} by */
  step(by) {
    const named = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll('a.id')]);
    const at = named.findIndex(each => each === this.shadowRoot?.activeElement);
    named[Math.max(0, Math.min(named.length - 1, at + by))]?.focus();
  }

  show() {
    return html`<form class="which" aria-label="Which event" @submit=${(/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      go({ view: 'event', id: String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('id') ?? '').trim() });
    }}><label>Event <input name="id" .value=${this.state.id ?? ''} placeholder="its id" autocomplete="off" spellcheck="false"></label>
      <button type="submit">Show</button></form>
    ${this.event ? this.whole(this.event) : this.asked ? nothing : html`<div class="empty"><h2>Which event?</h2>
      <p>Give its id, or <a href="/?view=find">find</a> one by anything that it has.</p></div>`}`;
  }

  /** @param {Event} event */
  whole(event) {
    return html`${head(event)}${fields(event)}${attributes(event)}${provenance(event)}
      ${section('Verdicts', this.parts.verdicts, answer => verdicts(answer.touched))}
      ${section('Links', this.parts.links, answer => linksShown(answer.links, event.id))}
      ${section('Chain', this.parts.chain, chain)}
      ${section('Group', this.parts.group, answer => group(answer, event.id))}`;
  }
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 */
async function linksOf(id, signal) {
  const all = await pages('/api/v1/links', { event_id: id }, 'links', MOST_LINKS, signal);
  return { links: all.items, incomplete: [...all.incomplete, ...(all.more
    ? [{ bound: 'LIST_SIZE', explanation: 'Shown are the first ' + MOST_LINKS + ' links; there are more.' }] : [])] };
}

/**
 * The service knows the verdicts of a run; which of them an event is part of stands in them.
 * @param {Event} event
 * @param {AbortSignal} signal
 */
async function verdictsOf(event, signal) {
  const all = await pages('/api/v1/verdicts', { scenario_id: event.scenario_id }, 'verdicts', MOST_VERDICTS, signal);
  const where = event.scenario_id ? 'of its run' : 'of all';
  return { touched: touched(all.items, event.id), incomplete: [...all.incomplete, ...(all.more
    ? [{ bound: 'LIST_SIZE', explanation: 'Looked through are the newest ' + MOST_VERDICTS + ' verdicts ' + where + '; there are more.' }] : [])] };
}

/**
 * @param {import('../find/eventparts.js').Link[]} all
 * @param {string} id
 */
function linksShown(all, id) {
  const causes = all.filter(each => each.effect_id === id);
  const effects = all.filter(each => each.cause_id === id);
  return all.length ? html`${causes.length ? links('Causes of it', causes, each => each.cause_id) : none('No cause is known.')}
    ${effects.length ? links('Effects of it', effects, each => each.effect_id) : none('No effect is known.')}` : none('It is linked to nothing.');
}

/**
 * @param {any} answer
 * @param {string} id
 */
function group(answer, id) {
  const others = answer.members.map((/** @type {any} */ each) => each.event).filter((/** @type {Event} */ each) => each.id !== id);
  return others.length ? eventTable('Events that share a key with it, or with one that does: ' + others.length, others)
    : none('No other event shares a key with it.');
}

customElements.define('audit-event', AuditEventView);
