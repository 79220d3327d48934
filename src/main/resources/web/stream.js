// Server-sent events by fetch, which, unlike EventSource, tells why it was refused.
import { ask } from './service.js';

/**
 * Reads a stream until its end.
 * @param {string} path
 * @param {string} after id of the last event that is known; empty for what comes from now on
 * @param {AbortSignal} signal
 * @param {{open: () => void, event: (name: string, id: string, data: string) => void}} to
 */
export async function read(path, after, signal, to) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'text/event-stream' };
  if (after) {
    headers['Last-Event-ID'] = after;
  }
  const answer = await ask(path, { signal, headers });
  if (!answer.body) {
    return;
  }
  to.open();
  const parse = parser(to.event);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parse(part.value);
  }
}

/**
 * Takes the text of a stream in any pieces.
 * @param {(name: string, id: string, data: string) => void} event
 * @returns {(text: string) => void}
 */
export function parser(event) {
  let rest = '';
  let name = '';
  let id = '';
  /** @type {string[]} */
  let data = [];
  return text => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length) {
          event(name || 'message', id, data.join('\n'));
        }
        name = '';
        data = [];
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') {
        name = value;
      } else if (field === 'data') {
        data.push(value);
      } else if (field === 'id') {
        id = value;
      }
    }
  };
}
