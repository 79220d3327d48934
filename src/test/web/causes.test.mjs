import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chain, choose, dash, MAX_ARROWS, path, weight } from '../../main/resources/web/timeline/arrows.js';
import { bands, MAX_BANDS, verdictText } from '../../main/resources/web/timeline/bands.js';
import { remarks, whiskers } from '../../main/resources/web/timeline/clocks.js';
import { instant, offset, since, spoken, wholeSecond } from '../../main/resources/web/timeline/instant.js';
import { entriesOf, question } from '../../main/resources/web/timeline/load.js';
import { statusOf } from '../../main/resources/web/timeline/marks.js';
import { event, link, model, time } from './timelines.js';

test('a model has the columns of its events and the arrows between those that are there', () => {
  const told = model([event('a', 0), event('b', 5, { severity: 'error', duration: 2_000_000, causes: [link('a', 'b'), link('gone', 'b')] })]);
  assert.deepEqual([...told.told], [0, 5]);
  assert.deepEqual([...told.severity], [1, 3]);
  assert.deepEqual([...told.duration], [0, 2]);
  assert.deepEqual(told.arrows.map(arrow => [arrow.cause, arrow.effect, arrow.rank]), [[0, 1, 0]]);
});

test('of more causes than can be followed the surest are drawn, with those of the selected event', () => {
  const events = [event('a', 0)];
  for (let i = 1; i <= 1000; i++) {
    events.push(event(`e${i}`, i, { causes: [link('a', `e${i}`, { confidence: i / 1000 })] }));
  }
  const told = model(events);
  const { drawn, left } = choose(told, told.told, { from: 0, to: 2000 }, 1, false);
  assert.ok(drawn.length > MAX_ARROWS / 3 && drawn.length <= MAX_ARROWS + 1);
  assert.equal(left, 1000 - drawn.length);
  assert.ok(drawn.some(arrow => arrow.effect === 1));
  assert.ok(drawn.some(arrow => arrow.effect === 1000));
});

test('arrows out of view are not drawn, those that cross it are', () => {
  const told = model([event('a', 0), event('b', 1, { causes: [link('a', 'b')] }), event('c', 100, { causes: [link('b', 'c')] })]);
  assert.deepEqual(choose(told, told.told, { from: 40, to: 60 }, -1, false).drawn.map(arrow => arrow.effect), [2]);
});

test('a call is no arrow in a waterfall', () => {
  const told = model([
    event('p', 0, { duration: 9e6, span_id: 'p', trace_id: 't' }),
    event('q', 1, { duration: 5e6, span_id: 'q', parent_span_id: 'p', trace_id: 't', causes: [link('p', 'q', { kind: 'parent' })] })]);
  assert.equal(choose(told, told.told, { from: 0, to: 9 }, -1, true).drawn.length, 0);
  assert.equal(choose(told, told.told, { from: 0, to: 9 }, -1, false).drawn.length, 1);
});

test('a chain follows the best cause back and all effects forth, and ends in a circle', () => {
  const told = model([event('a', 0, { causes: [link('d', 'a')] }), event('b', 1, { causes: [link('a', 'b')] }), event('c', 2, { causes: [link('a', 'c')] }),
    event('d', 3, { causes: [link('b', 'd'), link('c', 'd')] }), event('x', 4)]);
  assert.deepEqual([...chain(told, 1)].sort(), [0, 1, 3]);
  assert.deepEqual([...chain(told, 0)].sort(), [0, 1, 2, 3]);
  assert.deepEqual([...chain(told, 4)], [4]);
});

test('kinds are told apart by their dashes, confidence by weight', () => {
  assert.equal(new Set(['explicit', 'parent', 'rule', 'manual'].map(dash)).size, 4);
  assert.ok(weight(1) > weight(0.5) + 0.5);
  assert.ok(weight(0) > 0);
  assert.match(path(0, 0, 100, 50), /^M[-\d. ]+C[-\d. ]+$/);
  assert.match(path(0, 10, 100, 10), /^M[-\d. ]+C[-\d. ]+$/);
});

const verdict = (id, status, more = {}) => ({
  id, expectation: id, status, critical: false, scenario_id: 'run', trigger_id: 't', triggered_at: time(0), decided_at: time(0), deadline: time(0), reason: '',
  findings: [{ name: 'alert', kind: 'EFFECT', state: 'MISSED', limit: 15, at: time(0), reason: 'did not come', sightings: [], ...more }],
});

test('a window lasts as the service says, or from the trigger on', () => {
  const base = wholeSecond(time(0));
  const [told] = bands([verdict('a', 'FAILED', { window: { from: time(2000), to: time(17_000) } })], base).bands;
  assert.deepEqual([told.from, told.to], [2000, 17_000]);
  const [plain] = bands([verdict('a', 'FAILED')], base).bands;
  assert.deepEqual([plain.from, plain.to], [0, 15_000]);
});

test('what failed stands first, and what has no row is said', () => {
  const many = Array.from({ length: 30 }, (_, i) => verdict(`v${i}`, i === 29 ? 'FAILED' : 'PASSED'));
  const found = bands(many, 0);
  assert.equal(found.bands[0].verdict.status, 'FAILED');
  assert.equal(found.bands.length, MAX_BANDS);
  assert.equal(found.left.length, 30 - MAX_BANDS);
});

test('the nearest miss is what a window says', () => {
  const miss = { why: 'TOO_LATE', by: 1.7, explanation: 'came 1.7 s too late', event: { event_id: 'e', service: 's', type: 't', occurred_at: time(16_700) } };
  const [band] = bands([verdict('a', 'FAILED', { nearest_miss: miss })], wholeSecond(time(0))).bands;
  assert.equal(band.miss, 16_700);
  assert.equal(verdictText(band), 'alert came 1.7 s too late');
});

test('a clock that is right is sure to within the tolerance, one that is corrected to within its bounds', () => {
  const clock = { service: 'b', reference: 'a', offset: 0.5, least: 0.25, most: 1, contradictory: false };
  assert.deepEqual(whiskers(['a', 'b'], [clock], 0.05, true), [{ before: 50, behind: 50 }, { before: 500, behind: 250 }]);
  const [, told] = whiskers(['a', 'b'], [clock], 0.05, false);
  assert.equal(told.before, 1000);
  assert.equal(told.behind, 50);
  assert.match(remarks([clock], spoken)[0], /b is taken to be 500 ms ahead of that of a/);
  assert.match(remarks([{ ...clock, contradictory: true }], spoken)[0], /contradicts itself/);
});

test('times are exact to the nanosecond', () => {
  const base = wholeSecond('2026-01-01T00:00:00.5Z');
  assert.equal(since(base, '2026-01-01T00:00:01.000000001Z'), 1000.000001);
  assert.equal(instant(base, since(base, '2026-03-01T12:30:01.123456789Z')), '2026-03-01T12:30:01.123456789Z');
  assert.equal(instant(base, -0.000001), '2025-12-31T23:59:59.999999999Z');
  assert.equal(spoken(12_400), '12.4 s');
  assert.equal(spoken(0.35), '350 µs');
  assert.equal(spoken(3_725_000), '1 h 2 m');
  assert.equal(offset(-20), '−20 ms');
});

test('a state asks one question', () => {
  assert.deepEqual(question({ run: 'r' }), { scenario_id: 'r', from: '', to: '' });
  assert.deepEqual(question({ key: 'order_id:A:1' }), { order_id: 'A:1', from: '', to: '' });
  assert.equal(question({ event: 'e' }), undefined);
  assert.equal(question({ from: 'x' }), undefined);
});

test('a chain is a timeline of its events, each with its causes, the surest first', () => {
  const entries = entriesOf({
    nodes: [{ event: event('b', 5) }, { event: event('a', 0) }, {}],
    links: [link('a', 'b', { confidence: 0.2 }), link('c', 'b', { confidence: 0.8 })],
  });
  assert.deepEqual(entries.map(entry => entry.event.id), ['a', 'b']);
  assert.deepEqual(entries[1].causes.map(each => each.confidence), [0.8, 0.2]);
});

test('a verdict is known by its type alone', () => {
  assert.equal(statusOf('audit.verdict', 'x FAILED: y'), 'FAILED');
  assert.equal(statusOf('note', 'x FAILED: y'), undefined);
});
