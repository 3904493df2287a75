import { describe, expect, it } from 'vitest';
import type { OpenLoopResult } from './open-loop.js';
import { openLoopMedians, openLoopTable, processorTable, stageTable } from './report.js';

/** Ten seconds at this rate, at a cost of so many microseconds a message in Kafka and half of it in the routers. */
function run(ratePerSecond: number, latency: number, kafkaMicros: number): OpenLoopResult {
  const messages = 10 * ratePerSecond;
  return {
    ratePerSecond,
    toVerdict: [latency],
    toRecipient: [2 * latency],
    lateness: [0.5],
    refused: 3,
    unanswered: 4,
    usage: {
      seconds: 10,
      micros: new Map([
        ['routers', (messages * kafkaMicros) / 2],
        ['kafka', messages * kafkaMicros],
      ]),
      generatorMicros: 1e6,
      generatorHeldP99: 0.25,
      stages: new Map([['log', { bounds: [0.01, Infinity], counts: [10, 10] }]]),
    },
  };
}

/** The cells of a table by the heading of their column, a line each. */
function cells([headings, ...rows]: string[]): Record<string, string>[] {
  const split = (line: string): string[] => line.trim().split(/ {3,}/);
  const names = split(headings);
  return rows.map((row) => Object.fromEntries(split(row).map((cell, index) => [names[index], cell])));
}

describe('The report of a bench', () => {
  const runs = [
    run(100, 9, 40),
    run(500, 30, 20),
    run(100, 5, 60),
    run(500, 20, 30),
    run(100, 7, 50),
    run(500, 25, 10),
  ];

  it('shows each run with its latencies, its cost and what the generator was doing', () => {
    expect(cells(openLoopTable(runs.slice(0, 1)))).toEqual([
      {
        'sends/s': '100',
        'verdict p50': '9.00',
        'verdict p99': '9.00',
        'recipient p50': '18.00',
        'recipient p99': '18.00',
        'us/msg': '60',
        cores: '0.01',
        generator: '10 %',
        'held p99': '0.25',
        'late p99': '0.50',
        refused: '3',
        unanswered: '4',
      },
    ]);
  });

  it('shows a line of medians for each rate', () => {
    expect(cells(openLoopMedians(runs))).toMatchObject([
      { 'sends/s': '100', 'verdict p50': '7.00', 'recipient p99': '14.00', 'us/msg': '75' },
      { 'sends/s': '500', 'verdict p50': '25.00', 'recipient p99': '50.00', 'us/msg': '30' },
    ]);
  });

  it('shows what a message costs each part of the target, and the generator', () => {
    expect(cells(processorTable(runs))).toEqual([
      { 'sends/s': '100', routers: '25', kafka: '50', generator: '1000' },
      { 'sends/s': '500', routers: '10', kafka: '20', generator: '200' },
    ]);
  });

  it('shows the stages of all runs together, in milliseconds', () => {
    expect(cells(stageTable(runs))).toEqual([{ stage: 'log', p50: '5.00', p99: '9.90', count: '60' }]);
  });
});
