/** Where to begin, when the address names no timeline. */
import { html, nothing } from 'lit';
import { go, href } from '../state.js';
import { line } from '../text.js';

/**
 * @param {{scenario_id: string, scenario: string, last_status: string, total: number}[] | undefined} runs
 */
export function start(runs) {
  return html`<div class="empty">
    <h2>Which timeline?</h2>
    <form class="bar" @submit=${submit}>
      <label for="what">By</label>
      <select id="what" name="what"><option value="run">run</option><option value="trace">trace</option>
        <option value="event">event</option><option value="key">key:value</option></select>
      <input class="grow" name="text" aria-label="Its id" required>
      <button>Show</button>
    </form>
    ${runs?.length ? html`<h3>Runs with verdicts</h3><ul class="runs">${runs.map(run => html`<li>
      <span class=${`status ${run.last_status}`}>${run.last_status}</span>
      <a href=${href({ view: 'timeline', run: run.scenario_id })}>${line(run.scenario_id)}</a>
      <span class="quiet">${line(run.scenario)}</span></li>`)}</ul>` : nothing}
    ${runs?.length === 0 ? html`<p>There is no run with a verdict yet. A recorded one plays with:</p>
      <pre>java -jar audit-correlator.jar play depeg</pre>` : nothing}
  </div>`;
}

/** @param {SubmitEvent} event */
function submit(event) {
  event.preventDefault();
  const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
  go({ view: 'timeline', [String(data.get('what'))]: String(data.get('text')).trim() });
}
