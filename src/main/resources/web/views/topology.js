// Who calls whom, who affects whom, and how that goes.
import { css, html, nothing } from 'lit';
import { AuditElement, table } from '../element.js';
import { get, omissions } from '../service.js';
import { change, href, put } from '../state.js';
import { clock, duration, line } from '../text.js';
import { affected, layout } from './topology-layout.js';
import { drawing, drawingStyles } from './topology-drawing.js';
import { CONNECTIONS, delays, part, rate } from './topology-words.js';

/** @typedef {import('./topology-layout.js').Node} Node */
/** @typedef {import('./topology-layout.js').Edge} Edge */
/** @typedef {{snapshot_id: string, at: string, measured_seconds: number, nodes: Node[], edges: Edge[], file_problem?: string,
 *   registry: {state: string, backend: string, as_of: string, last_error?: string}}} Topology */

const PULSE_MS = 2000;

/** @type {import('../views.js').Key[]} */
export const keys = [
  { key: 'j', text: 'next service' },
  { key: 'k', text: 'service before' },
  { key: 'Enter', text: 'shows whom it calls and whom it affects' },
  { key: 'Escape', text: 'shows all again' },
  { key: 't', text: 'as tables' },
];

export class AuditTopology extends AuditElement {
  static properties = { topology: { state: true } };

  static styles = [...AuditElement.styles, drawingStyles, css`
    .detail { padding: var(--gap) calc(2 * var(--gap)); border-top: 1px solid var(--line); display: grid; gap: var(--gap); }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px var(--gap); margin: 0; }
    dt { color: var(--ink-2); }
    dd { margin: 0; overflow-wrap: anywhere; }
    .legend { color: var(--ink-2); }
    .LIVE { color: var(--passed); }
    .DEGRADED { color: var(--inconclusive); }
    .DEAD, .FAILED { color: var(--failed); background: none; }
    td { overflow-wrap: anywhere; }
  `];

  constructor() {
    super();
    /** @type {Topology | undefined} */
    this.topology = undefined;
    /** @type {{of: string, layout: import('./topology-layout.js').Layout} | undefined} */
    this.drawn = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.look();
    this.pulse = setInterval(() => this.beat(), PULSE_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.pulse);
  }

  beat() {
    if (!document.hidden && !this.busy) {
      this.look();
    }
  }

  look() {
    this.load(async signal => {
      const topology = await get('/api/v1/topology', {}, signal);
      this.topology = topology;
      this.incomplete = omissions(topology);
    });
  }

  /**
   * The same for the same nodes and edges, whatever their numbers.
   * @param {Topology} topology
   */
  places({ nodes, edges }) {
    const of = JSON.stringify([nodes.map(each => each.id), edges.map(each => each.id)]);
    if (this.drawn?.of !== of) {
      this.drawn = { of, layout: layout(nodes, edges) };
    }
    return this.drawn.layout;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === 'j' || event.key === 'k') {
      this.step(event.key === 'j' ? 1 : -1);
    } else if (event.key === 't') {
      put({ view: 'topology', table: this.state.table ? '' : '1' });
    } else if (event.key === 'Escape' && this.state.node) {
      change({ node: '' });
    } else {
      return false;
    }
    return true;
  }

  /** @param {number} by */
  step(by) {
    const names = /** @type {(HTMLElement | SVGElement)[]} */ ([...this.renderRoot.querySelectorAll('a[data-node]')]);
    const at = names.findIndex(each => each === this.shadowRoot?.activeElement);
    names[Math.max(0, Math.min(names.length - 1, at + by))]?.focus();
  }

  show() {
    const topology = this.topology;
    if (!topology) {
      return nothing;
    }
    const chosen = topology.nodes.find(each => each.id === this.state.node);
    return html`${this.bar(topology)}${this.notes(topology)}
      ${topology.nodes.length < 2 ? empty() : nothing}
      ${this.state.table ? this.tables(topology) : drawing({
        ...topology, layout: this.places(topology), chosen: chosen?.id ?? '',
        reached: chosen ? affected(chosen.id, topology.edges) : new Set(),
        pick: (event, id) => this.pick(event, id),
      })}
      ${chosen ? this.detail(chosen, topology) : this.state.node ? html`<p class="box note" role="status">There is no node ${line(this.state.node)} now.</p>` : nothing}`;
  }

  /**
   * Links within a drawing are none of HTML, so nobody else follows them in place.
   * @param {Event} event
   * @param {string} id
   */
  pick(event, id) {
    const mouse = /** @type {MouseEvent} */ (event);
    if (!mouse.ctrlKey && !mouse.metaKey && !mouse.shiftKey) {
      event.preventDefault();
      change({ node: id === this.state.node ? '' : id });
    }
  }

  /** @param {Topology} topology */
  bar(topology) {
    return html`<div class="bar">
      <span>${count(topology.nodes.length, 'service', 'services')}, ${count(topology.edges.length, 'connection', 'connections')}</span>
      <span class="quiet grow">measured over ${duration(topology.measured_seconds)}; solid: calls, dashed: events; beside a line how often, and how long half / 99 % took at most</span>
      <button type="button" aria-pressed=${this.state.table ? 'true' : 'false'} title="Key: t"
        @click=${() => put({ view: 'topology', table: this.state.table ? '' : '1' })}>Table</button>
    </div>`;
  }

  /** @param {Topology} topology */
  notes({ registry, file_problem }) {
    const away = registry.state === 'LOST' || registry.state === 'ALONE';
    return html`${away ? html`<div class="box note" role="status"><strong>The registry is away</strong>
        <p>${line(registry.backend)} ${registry.state === 'LOST' ? 'last answered ' + clock(registry.as_of) + '; what it said then is shown'
          : 'has not answered yet; services are those of events'}.</p></div>` : nothing}
      ${file_problem ? html`<div class="box note" role="status"><strong>The topology file does not count</strong><p>${line(file_problem)}</p></div>` : nothing}`;
  }

  /** @param {Topology} topology */
  tables({ nodes, edges }) {
    const name = names(nodes);
    return html`${table({
      caption: 'Services',
      rows: nodes,
      columns: [
        { title: 'Service', of: each => html`<a data-node=${each.id} href=${href({ ...this.state, view: 'topology', node: each.id })}>${line(each.name)}</a>` },
        { title: 'Type', of: each => line(each.type) },
        { title: 'Status', of: each => html`<span class=${each.status} title=${line(each.reason)}>${each.status}</span>` },
        { title: 'Rate', of: each => rate(each.traffic), number: true },
        { title: 'Errors', of: each => (each.traffic ? part(each.traffic.error_rate) : ''), number: true },
        { title: 'Last seen', of: each => (each.last_seen ? clock(each.last_seen) : '') },
        { title: 'Version', of: each => line(each.labels.version) },
      ],
    })}${this.edges('Connections', edges, name)}`;
  }

  /**
   * @param {string} caption
   * @param {Edge[]} rows
   * @param {(id: string) => string} name
   */
  edges(caption, rows, name) {
    return table({
      caption,
      rows,
      columns: [
        { title: 'From', of: each => name(each.source) },
        { title: 'To', of: each => name(each.target) },
        { title: 'By', of: each => CONNECTIONS[each.connection] ?? line(each.connection) },
        { title: 'Status', of: each => html`<span class=${each.status} title=${line(each.reason)}>${each.status}</span>${each.critical ? ' critical' : ''}` },
        { title: 'Rate', of: each => rate(each.traffic), number: true },
        { title: 'Errors', of: each => (each.traffic ? part(each.traffic.error_rate) : ''), number: true },
        { title: 'p50 / p99', of: each => delays(each.traffic), number: true },
        { title: 'What', of: each => (each.traffic?.types ?? []).map(line).join(', ') },
      ],
    });
  }

  /**
   * @param {Node} node
   * @param {Topology} topology
   */
  detail(node, { nodes, edges }) {
    const name = names(nodes);
    const own = edges.filter(each => each.source === node.id || each.target === node.id);
    const reached = [...affected(node.id, edges)].map(name).sort();
    return html`<section class="detail" aria-label=${line(node.name)}>
      <h2>${line(node.name)} <span class=${node.status}>${node.status}</span></h2>
      <p>${line(node.reason)}.</p>
      <p>${reached.length ? html`If it fails, these are affected: ${reached.join(', ')}.` : 'Nothing is known that would be affected if it failed.'}</p>
      <dl>${facts(node).map(([title, text]) => html`<dt>${title}</dt><dd>${line(text)}</dd>`)}</dl>
      ${own.length ? this.edges('Its connections', own, name) : nothing}
      <p><a href=${href({ view: 'topology', table: this.state.table })}>Show all</a></p>
    </section>`;
  }
}

/**
 * @param {Node} node
 * @returns {[string, string][]}
 */
function facts(node) {
  return /** @type {[string, string][]} */ ([
    ['Type', node.type], ['Instance', node.instance],
    ...Object.entries(node.labels).sort(([one], [other]) => (one < other ? -1 : 1)),
    ['Addresses', node.endpoints.join(', ')],
    ['Last seen', node.last_seen ? clock(node.last_seen) : ''],
    ['Rate', rate(node.traffic)],
    ['Errors', node.traffic ? `${node.traffic.errors} of ${node.traffic.requests}` : ''],
    ['Kinds', (node.traffic?.types ?? []).join(', ')],
  ]).filter(([, text]) => text !== '');
}

/**
 * @param {Node[]} nodes
 * @returns {(id: string) => string}
 */
function names(nodes) {
  const known = new Map(nodes.map(each => [each.id, line(each.name)]));
  return id => known.get(id) ?? line(id);
}

function empty() {
  return html`<div class="empty"><p>No other service is known yet. One shows up when it registers, when an event or a span of it comes in,
    or when the topology file names it.</p></div>`;
}

/**
 * @param {number} number
 * @param {string} one
 * @param {string} more
 */
function count(number, one, more) {
  return number + ' ' + (number === 1 ? one : more);
}

customElements.define('audit-topology', AuditTopology);
