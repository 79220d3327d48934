import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, inView, isDense, share } from '../../main/resources/web/timeline/density.js';
import { laneAt, middle, swimLanes, waterfall } from '../../main/resources/web/timeline/lanes.js';
import { placed } from '../../main/resources/web/timeline/labels.js';
import { eventAt } from '../../main/resources/web/timeline/pointer.js';
import { whole } from '../../main/resources/web/timeline/scale.js';
import { sceneOf } from '../../main/resources/web/timeline/scene.js';
import { nearest, step } from '../../main/resources/web/timeline/walk.js';
import { event, link, model, random } from './timelines.js';

const CHOICES = { fold: false, corrected: false, waterfall: false };
const sceneWith = (events, choices = {}) => sceneOf(model(events), [], { ...CHOICES, ...choices });
const span = (id, at, milliseconds, parent = '') =>
  event(id, at, { duration: milliseconds * 1e6, trace_id: 't', span_id: id, parent_span_id: parent, type: id });

test('each service has a lane, in the order of their first events', () => {
  const { layout } = sceneWith([event('a', 0, { service: 'x' }), event('b', 1, { service: 'y' }), event('c', 2, { service: 'x' })]);
  assert.deepEqual(layout.lanes.map(lane => lane.name), ['x', 'y']);
  assert.deepEqual([...layout.lane], [0, 1, 0]);
});

test('no span covers another of its lane, and all lie within it', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const next = random(seed);
    const spans = Array.from({ length: 25 }, (_, i) => span(`s${i}`, Math.round(next() * 1000), Math.ceil(next() * 300)));
    spans.sort((a, b) => (a.occurred_at < b.occurred_at ? -1 : 1));
    const { layout, times, model: told } = sceneWith(spans);
    for (let a = 0; a < 25; a++) {
      for (let b = 0; b < a; b++) {
        const apart = times[b] + told.duration[b] <= times[a] || times[a] + told.duration[a] <= times[b];
        assert.ok(apart || layout.row[a] !== layout.row[b], `${seed}: ${a} ${b}`);
      }
      const lane = layout.lanes[0];
      assert.ok(middle(layout, a) + 7 <= lane.top + lane.height && laneAt(layout, middle(layout, a)) === lane);
    }
  }
});

test('a waterfall has children under their parents, in the order of time', () => {
  const { layout } = sceneWith([span('root', 0, 100), span('a', 10, 50, 'root'), span('a1', 20, 10, 'a'), span('b', 30, 10, 'root')],
    { waterfall: true });
  assert.deepEqual(layout.lanes.map(lane => [lane.name, lane.depth]), [['root', 0], ['a', 1], ['a1', 2], ['b', 1]]);
});

test('what happened within a span stands on its row', () => {
  const { layout } = sceneWith([span('root', 0, 100), event('log', 5, { trace_id: 't', span_id: 'root' })], { waterfall: true });
  assert.equal(layout.lanes.length, 1);
  assert.deepEqual([...layout.lane], [0, 0]);
});

test('spans that are their own ancestors are drawn, each once', () => {
  const { layout } = sceneWith([span('a', 0, 10, 'b'), span('b', 1, 10, 'a'), span('c', 2, 10, 'c'), span('d', 3, 1, 'a')], { waterfall: true });
  assert.equal(layout.lanes.length, 4);
  assert.equal(layout.lanes.flatMap(lane => [...lane.events]).length, 4);
});

test('a trace as deep as it is long is drawn', () => {
  const spans = Array.from({ length: 1500 }, (_, i) => span(`s${i}`, i, 2000 - i, i ? `s${i - 1}` : ''));
  assert.equal(sceneWith(spans, { waterfall: true }).layout.lanes[1499].depth, 1499);
});

test('columns count every event in view once', () => {
  const next = random(7);
  const places = Float64Array.from({ length: 5000 }, () => next() * 1000).sort();
  const events = Int32Array.from(places, (_, i) => i);
  const severity = Uint8Array.from(events, () => Math.floor(next() * 5));
  const [first, behind] = inView(events, places, 200, 700);
  const counted = columns(events.subarray(first, behind), places, severity, { from: 200, factor: 0.6, width: 300 });
  assert.equal(counted.totals.reduce((sum, each) => sum + each, 0), behind - first);
  assert.equal(counted.counts.reduce((sum, each) => sum + each, 0), behind - first);
  assert.equal(places.filter(place => place >= 200 && place < 700).length, behind - first);
  assert.equal(share(counted.most, counted.most), 1);
  assert.ok(share(1, 10_000) > 0.05);
});

test('marks are counted only where they have no room', () => {
  assert.equal(isDense(250, 1000), false);
  assert.equal(isDense(2000, 1000), true);
  assert.equal(isDense(150, 200), false);
});

test('no name covers another, and the most important is there', () => {
  const next = random(3);
  const wanted = Array.from({ length: 60 }, (_, event) => ({ event, x: next() * 900, width: 40 + next() * 60, merit: event === 17 ? 9 : next() }));
  const found = placed(wanted, 1000).sort((a, b) => a.x - b.x);
  assert.ok(found.some(each => each.event === 17));
  assert.ok(found.length > 4);
  found.slice(1).forEach((each, i) => assert.ok(each.x >= found[i].x + found[i].width + 8));
});

test('keys lead along time, across lanes, and along causes', () => {
  const scene = sceneWith([event('a', 0), event('b', 10, { service: 'risk' }), event('c', 20, { causes: [link('a', 'c'), link('b', 'c')] })]);
  assert.equal(step(scene, -1, 'ArrowRight'), 0);
  assert.equal(step(scene, 0, 'ArrowRight'), 1);
  assert.equal(step(scene, 0, 'ArrowLeft'), 0);
  assert.equal(step(scene, 2, 'ArrowDown'), 1);
  assert.equal(step(scene, 1, 'ArrowDown'), 1);
  assert.equal(step(scene, 2, 'c'), 0);
  assert.equal(step(scene, 0, 'e'), 2);
  assert.equal(step(scene, 0, 'End'), 2);
  assert.equal(nearest(Int32Array.of(0, 2), scene.places, 9), 0);
});

test('a click finds the mark that is nearest, or the span under it, or nothing', () => {
  const scene = sceneWith([event('a', 0), span('long', 10, 900), event('z', 1000)]);
  const view = whole(scene.folding.length, 0, 1000);
  const at = i => [view.x(scene.places[i]), middle(scene.layout, i)];
  assert.equal(eventAt(scene, view, at(0)[0] + 4, at(0)[1]), 0);
  assert.equal(eventAt(scene, view, 500, at(1)[1]), 1);
  assert.equal(eventAt(scene, view, 500, -5), -1);
});
