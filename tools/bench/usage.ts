import { monitorEventLoopDelay } from 'node:perf_hooks';
import { processorMicrosOf } from '@parley/harness';
import type { MeasuredTarget } from './measured-target.js';
import { parseStages, stagesSince, sumOfStages, type Stages } from './stage-histograms.js';

/** Between two looks at the event loop, in milliseconds; each delay that is measured contains it. */
const LOOK_EVERY_MS = 1;

/** What a stretch of time cost, and where it went. */
export interface Usage {
  seconds: number;
  /** Processor time in microseconds, by part of the target. */
  micros: ReadonlyMap<string, number>;
  generatorMicros: number;
  /** For how long the generator's event loop was held up, 99th percentile in milliseconds: contained in all latencies. */
  generatorHeldP99: number;
  stages: Stages;
}

/** Starts measuring; the returned function ends it. Both ask every process, and hold this one up for some milliseconds. */
export async function measureUsage(target: MeasuredTarget): Promise<() => Promise<Usage>> {
  const stagesBefore = await readStages(target);
  const before = readMicros(target);
  const generatorBefore = process.cpuUsage();
  const begun = performance.now();
  const loop = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  loop.enable();
  return async () => {
    loop.disable();
    const seconds = (performance.now() - begun) / 1_000;
    const { user, system } = process.cpuUsage(generatorBefore);
    const micros = new Map([...readMicros(target)].map(([name, value]) => [name, value - (before.get(name) ?? 0)]));
    const generatorHeldP99 = Math.max(0, loop.percentile(99) / 1e6 - LOOK_EVERY_MS);
    const stages = stagesSince(stagesBefore, await readStages(target));
    return { seconds, micros, generatorMicros: user + system, generatorHeldP99, stages };
  };
}

/** Processor time of the whole target, in microseconds. */
export function totalMicros({ micros }: Usage): number {
  return [...micros.values()].reduce((sum, value) => sum + value, 0);
}

function readMicros({ parts }: MeasuredTarget): Map<string, number> {
  return new Map(
    parts.map(({ name, pids }) => [name, pids.reduce((sum, pid) => sum + processorMicrosOf(pid), 0)] as const),
  );
}

async function readStages({ opsUrls }: MeasuredTarget): Promise<Stages> {
  const texts = await Promise.all(opsUrls.map(async (url) => (await fetch(`${url}/metrics`)).text()));
  return sumOfStages(texts.map(parseStages));
}
