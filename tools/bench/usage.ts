import type { MeasuredServer } from './measured-server.js';

/** Processor time over a stretch of time: how busy each side was. */
export interface Usage {
  /** Of one core, 0 to 1 (more where a process used several). */
  serverShare: number;
  generatorShare: number;
  serverMicros: number;
  seconds: number;
}

/** Starts measuring; the returned function ends it. */
export function measureUsage(server: MeasuredServer): () => Usage {
  const begun = performance.now();
  const ours = process.cpuUsage();
  const theirs = server.cpuMicros();
  return () => {
    const micros = (performance.now() - begun) * 1_000;
    const { user, system } = process.cpuUsage(ours);
    const serverMicros = server.cpuMicros() - theirs;
    return {
      serverShare: serverMicros / micros,
      generatorShare: (user + system) / micros,
      serverMicros,
      seconds: micros / 1e6,
    };
  };
}
