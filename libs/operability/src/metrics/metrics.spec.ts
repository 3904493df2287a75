import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../engines/watch-engine.js';
import { countFrame } from './link-metrics.js';
import { countQuarantined, inFlightRecords } from './log-metrics.js';
import { processRegistry } from './process-registry.js';
import { countSend } from './send-metrics.js';
import { sessionCount } from './session-metrics.js';
import { observeStage, timeStage } from './stage-times.js';

/** The value of a line of the exposition, 0 where there is none. */
async function valueOf(line: string): Promise<number> {
  const text = await processRegistry.metrics();
  const found = text.split('\n').find((each) => each.startsWith(`${line} `));
  return Number(found?.slice(line.length) ?? 0);
}

/** By how much it rises. */
async function rise(line: string, act: () => unknown): Promise<number> {
  const before = await valueOf(line);
  await act();
  return (await valueOf(line)) - before;
}

describe('the metrics', () => {
  it('are listed for operators, all of them and no others', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/operations.md'), 'utf8');
    const listed = Array.from(page.matchAll(/^\| `(parley_\w+)`/gm), ([, name]) => name);
    const ours = processRegistry.getMetricsAsArray().map(({ name }) => name);
    expect(listed.toSorted()).toEqual(ours.filter((name) => name.startsWith('parley_')).toSorted());
  });

  it('count answers to sends by kind and outcome', async () => {
    const line = 'parley_sends_total{kind="message",outcome="rate_limited"}';
    expect(await rise(line, () => countSend('message', 'rate_limited'))).toBe(1);
    expect(await rise(line, () => countSend('edit', 'rate_limited'))).toBe(0);
  });

  it('count frames and quarantined records', async () => {
    expect(await rise('parley_link_frames_total{outcome="given_up"}', () => countFrame('given_up'))).toBe(1);
    expect(await rise('parley_quarantined_total', countQuarantined)).toBe(1);
  });

  it('observe stages in seconds, and take a time that two clocks make negative for none', async () => {
    const sum = 'parley_stage_seconds_sum{stage="log"}';
    expect(await rise(sum, () => observeStage('log', 250))).toBeCloseTo(0.25);
    expect(await rise(sum, () => observeStage('log', -5))).toBe(0);
    expect(await rise('parley_stage_seconds_bucket{le="0.0005",stage="log"}', () => observeStage('log', 0.4))).toBe(1);
  });

  it('observe what succeeds and pass on what fails', async () => {
    const count = 'parley_stage_seconds_count{stage="store"}';
    expect(await rise(count, () => timeStage('store', () => Promise.resolve()))).toBe(1);
    const failing = () => timeStage('store', () => Promise.reject(new Error('away')));
    expect(await rise(count, () => expect(failing()).rejects.toThrow('away'))).toBe(0);
  });

  it('read a gauge from its sources when asked, added up, and from those alone that are still there', async () => {
    let sessions = 3;
    const stop = sessionCount.readFrom(() => sessions);
    const stopOther = sessionCount.readFrom(() => 10);
    expect(await valueOf('parley_sessions')).toBe(13);
    sessions = 4;
    stopOther();
    expect(await valueOf('parley_sessions')).toBe(4);
    stop();
    expect(await valueOf('parley_sessions')).toBe(0);
  });

  it('forget the labels that a source no longer gives', async () => {
    const partitions = new Map([
      [0, 5],
      [1, 7],
    ]);
    const stop = inFlightRecords.readFrom(() => partitions);
    expect(await valueOf('parley_inflight_records{partition="1"}')).toBe(7);
    partitions.delete(1);
    expect(await processRegistry.metrics()).not.toContain('parley_inflight_records{partition="1"}');
    stop();
  });

  it('are served without the values of a source that fails or hangs', async () => {
    const stops = [
      inFlightRecords.readFrom(() => Promise.reject(new Error('away'))),
      inFlightRecords.readFrom(() => new Promise(() => undefined)),
      inFlightRecords.readFrom(() => Promise.resolve(new Map([[3, 9]]))),
    ];
    expect(await valueOf('parley_inflight_records{partition="3"}')).toBe(9);
    for (const stop of stops) stop();
  });
});
