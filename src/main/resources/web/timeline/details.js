/** What is known of the event, the cause or the window that is selected. */
import { html, nothing } from 'lit';
import { cut, line, lines } from '../text.js';
import { href } from '../state.js';
import { STATES, verdictText } from './bands.js';
import { instant, offset, spoken } from './instant.js';
import { SEVERITIES } from './model.js';

/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./model.js').Arrow} Arrow */
/** @typedef {import('./bands.js').Band} Band */

/**
 * @param {string} name
 * @param {unknown} value
 */
function fact(name, value) {
  return value === '' || value === undefined || value === nothing ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`;
}

/**
 * An event with its causes and effects.
 * @param {Scene} scene
 * @param {number} i
 * @param {Record<string, any> | undefined} told the whole event, once it has come
 * @param {(arrow: Arrow) => void} open
 */
function eventDetails(scene, i, told, open) {
  const { model, times, zero } = scene;
  const causes = model.arrows.filter(arrow => arrow.effect === i);
  const effects = model.arrows.filter(arrow => arrow.cause === i);
  return html`<h2>${line(model.types[model.type[i]])}</h2>
    ${model.messages[i] ? html`<p class="message">${lines(model.messages[i])}</p>` : nothing}
    <dl>
      ${fact('Service', line(model.services[model.service[i]] + (told?.instance ? ` · ${told.instance}` : '')))}
      ${fact('Severity', SEVERITIES[model.severity[i]])}
      ${fact('Time', html`${offset(times[i] - zero)} <span class="quiet">${instant(model.base, model.told[i])}</span>`)}
      ${model.corrected[i] === model.told[i] ? nothing
        : fact('Corrected', html`${instant(model.base, model.corrected[i])} <span class="quiet">${offset(model.corrected[i] - model.told[i])}</span>`)}
      ${model.duration[i] ? fact('Duration', spoken(model.duration[i])) : nothing}
      ${fact('Trace', told?.trace_id ? html`<a href=${href({ view: 'timeline', trace: told.trace_id, sel: model.ids[i] })}><code>${told.trace_id}</code></a>` : '')}
      ${fact('Run', told?.scenario_id ? html`<a href=${href({ view: 'timeline', run: told.scenario_id, sel: model.ids[i] })}>${line(told.scenario_id)}</a>` : '')}
      ${fact('Id', html`<code>${line(model.ids[i])}</code>`)}
      ${Object.entries(told?.attributes ?? {}).map(([name, value]) =>
        fact(cut(name, 60), html`<code>${cut(typeof value === 'string' ? value : JSON.stringify(value), 400)}</code>`))}
    </dl>
    <p><a href=${href({ view: 'timeline', event: model.ids[i], sel: model.ids[i] })}>What led to it, and what it led to</a> ·
      <a href=${href({ view: 'event', id: model.ids[i] })}>Everything about it</a></p>
    ${links('Causes', causes, arrow => arrow.cause, scene, open)}
    ${links('Effects', effects, arrow => arrow.effect, scene, open)}`;
}

/**
 * @param {string} title
 * @param {Arrow[]} arrows
 * @param {(arrow: Arrow) => number} end
 * @param {Scene} scene
 * @param {(arrow: Arrow) => void} open
 */
function links(title, arrows, end, { model }, open) {
  return arrows.length === 0 ? nothing : html`<h3>${title}</h3><ul>${arrows.slice(0, 50).map(arrow => html`<li>
    <button type="button" class="link" @click=${() => open(arrow)}>${line(model.types[model.type[end(arrow)]])}</button>
    <span class="quiet">${line(model.services[model.service[end(arrow)]])} · ${spoken(arrow.link.delay * 1000)} · ${
      arrow.link.kind}${arrow.rank ? ', not the best' : ''} · ${arrow.link.confidence.toFixed(2)}</span></li>`)}</ul>
    ${arrows.length > 50 ? html`<p class="quiet">${arrows.length - 50} more are in the table</p>` : nothing}`;
}

/**
 * A cause with its evidence, and what else may have caused the same.
 * @param {Scene} scene
 * @param {Arrow} arrow
 * @param {(arrow: Arrow) => void} open
 * @param {(i: number) => void} goTo
 */
function arrowDetails(scene, arrow, open, goTo) {
  const { model } = scene;
  const { cause, effect, link } = arrow;
  const others = model.arrows.filter(other => other.effect === effect && other !== arrow);
  /** @param {number} i */
  const event = i => html`<button type="button" class="link" @click=${() => goTo(i)}>${line(model.types[model.type[i]])}</button>
    <span class="quiet">${line(model.services[model.service[i]])}</span>`;
  return html`<h2>${arrow.rank ? 'Another cause that is possible' : 'Why'}</h2>
    <dl>
      ${fact('Cause', event(cause))}
      ${fact('Effect', event(effect))}
      ${fact('Delay', spoken(link.delay * 1000))}
      ${fact('Kind', line(link.kind))}
      ${fact('Rule', line(link.rule ?? ''))}
      ${fact('Confidence', link.confidence.toFixed(2))}
      ${fact('Evidence', line(link.evidence))}
    </dl>
    ${others.length ? links('Alternatives', others, other => other.cause, scene, open)
      : html`<p class="quiet">Nothing else is known to be possible.</p>`}`;
}

/**
 * A window with what was found in it.
 * @param {Scene} scene
 * @param {Band} band
 * @param {(i: number) => void} goTo
 */
function bandDetails(scene, band, goTo) {
  const { verdict, finding } = band;
  const { model, zero } = scene;
  /** @param {import('./bands.js').ToldSighting} sighting */
  const seen = sighting => {
    const i = model.places.get(sighting.event_id);
    const name = line(sighting.type);
    return html`${i === undefined ? name : html`<button type="button" class="link" @click=${() => goTo(i)}>${name}</button>`}
      <span class="quiet">${line(sighting.service)}</span>`;
  };
  const trigger = model.places.get(verdict.trigger_id);
  return html`<h2><span class=${`status ${verdict.status}`}>${verdict.status}</span> ${line(verdict.expectation)}</h2>
    <p class="message">${line(verdict.reason)}</p>
    <dl>
      ${fact('Part', html`${line(finding.name)} <span class="quiet">${finding.kind.toLowerCase()}, ${STATES[finding.state]?.word}</span>`)}
      ${fact('Found', line(verdictText(band)))}
      ${fact('Window', `${offset(band.from - zero)} to ${offset(band.to - zero)}, ${spoken(finding.limit * 1000)}`)}
      ${fact('Trigger', trigger === undefined ? html`<code>${line(verdict.trigger_id)}</code>`
        : html`<button type="button" class="link" @click=${() => goTo(trigger)}>${line(model.types[model.type[trigger]])}</button>`)}
      ${finding.sightings.map(sighting => fact('Counted', seen(sighting)))}
      ${finding.nearest_miss ? fact('Nearest miss', html`${seen(finding.nearest_miss.event)} ${line(finding.nearest_miss.explanation)}`) : nothing}
      ${fact('Decided', line(verdict.decided_at))}
    </dl>
    <p><a href=${href({ view: 'board', run: verdict.scenario_id })}>Verdicts of this run</a></p>`;
}

/**
 * What is selected, whatever it is.
 * @param {{scene: Scene | undefined, selected: number, arrow: Arrow | undefined, band: Band | undefined,
 *     whole: Record<string, any> | undefined, state: Record<string, string>,
 *     goTo: (i: number) => void, openArrow: (arrow: Arrow) => void}} view
 */
export function detailsOf(view) {
  const { scene, selected, arrow, band } = view;
  if (!scene) {
    return nothing;
  }
  if (band) {
    return bandDetails(scene, band, i => view.goTo(i));
  }
  if (arrow) {
    return arrowDetails(scene, arrow, other => view.openArrow(other), i => view.goTo(i));
  }
  const whole = view.whole?.id === view.state.sel ? view.whole : undefined;
  return selected < 0 ? nothing : eventDetails(scene, selected, whole, other => view.openArrow(other));
}
