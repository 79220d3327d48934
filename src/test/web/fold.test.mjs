import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folded, gaps } from '../../main/resources/web/timeline/fold.js';
import { Folding, View, whole } from '../../main/resources/web/timeline/scale.js';
import { label, step, ticks } from '../../main/resources/web/timeline/ticks.js';
import { random } from './timelines.js';

const points = times => gaps(times, times.map(() => 0));

test('a gap begins where the longest that lasts so far ends', () => {
  assert.deepEqual(gaps([0, 1, 20], [10, 2, 1]), [{ from: 10, to: 20 }]);
});

test('the hour between two bursts is folded, the bursts are not', () => {
  const times = [0, 100, 200, 300, 3_600_000, 3_600_100, 3_600_200];
  assert.deepEqual(folded(points(times), 3_600_200), [{ from: 300, to: 3_600_000 }]);
});

test('a steady beat is not folded, as it can be read', () => {
  const times = Array.from({ length: 30 }, (_, i) => i * 1000);
  assert.deepEqual(folded(points(times), 29_000), []);
});

test('pauses of a burst are not folded where only a pause apart can be read', () => {
  const times = [0, 4000, 8000, 8010, 8020, 8030, 12_000, 16_000];
  assert.deepEqual(folded(points(times), 16_000).map(gap => gap.from), [0, 4000, 8030, 12_000]);
});

test('places go up with time, and lead back to it, whatever is folded', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const next = random(seed);
    const times = Array.from({ length: 3 + Math.floor(next() * 60) }, () => next() ** 6 * 1e6).sort((a, b) => a - b);
    const end = times[times.length - 1];
    const folding = new Folding(times[0], end, folded(points(times), end - times[0]));
    times.push(...times.map(time => time + next() * 10).filter(time => time <= end));
    times.sort((a, b) => a - b);
    times.reduce((before, time) => {
      const place = folding.place(time);
      assert.ok(place >= before, `${seed}: ${time}`);
      const inFold = folding.folds.some(fold => fold.from < time && time < fold.to);
      assert.ok(inFold || Math.abs(folding.time(place) - time) < 1e-6 * Math.max(1, time), `${seed}: ${time}`);
      return place;
    }, -Infinity);
    assert.ok(Math.abs(folding.place(end) - folding.length) < 1e-6 * Math.max(1, end), `${seed}`);
  }
});

test('the place under the pointer stays there while one looks closer', () => {
  const view = whole(1000, 50, 800);
  const closer = view.zoomed(3, 400, 1000);
  assert.ok(Math.abs(closer.x(400) - view.x(400)) < 1e-9);
  assert.ok(Math.abs(closer.place(closer.x(333)) - 333) < 1e-9);
});

test('nobody gets lost behind the ends', () => {
  const view = new View(0, 100, 0, 800).moved(50, 1000);
  assert.ok(view.to <= 1020.0001 && view.from >= 900);
  assert.ok(whole(1000, 0, 800).zoomed(0.001, 500, 1000).from >= -20.0001);
});

test('ticks are round times, as far apart as their names need', () => {
  assert.equal(step(1100), 2000);
  assert.equal(step(0.3), 0.5);
  assert.equal(step(61_000), 120_000);
  const folding = new Folding(0, 10_000, []);
  const found = ticks(folding, whole(folding.length, 0, 1000), 0, 90);
  assert.ok(found.length > 4);
  found.reduce((before, tick) => {
    assert.ok(tick.x - before >= 90);
    return tick.x;
  }, -Infinity);
});

test('an axis says times in the unit of its ticks', () => {
  assert.equal(label(0, 1000), '0');
  assert.equal(label(1500, 500), '+1.5 s');
  assert.equal(label(20, 5), '+20 ms');
  assert.equal(label(0.25, 0.05), '+0.25 ms');
  assert.equal(label(-3000, 1000), '−3 s');
  assert.equal(label(3_725_000, 1000), '+1:02:05');
});
