import { ReadGauge } from '../metrics/read-gauge.js';
import type { Effect, Readiness, ReadinessCheck } from '../readiness.js';

const engineUp = new ReadGauge({
  name: 'parley_engine_up',
  help: '1 while the engine answers this process, 0 while it does not',
  label: 'engine',
});

/**
 * Shows an engine in readiness and metrics from now on. `effect`: whether the app is of no use without it, or goes on with
 * less. Returns how to take it away again.
 */
export function watchEngine(readiness: Readiness, engine: string, effect: Effect, check: ReadinessCheck): () => void {
  const removeCheck = readiness.add(engine, check, effect);
  const isUp = () => readiness.parts().find(({ name }) => name === engine)?.reason === null;
  const removeReading = engineUp.readFrom(() => new Map([[engine, isUp() ? 1 : 0]]));
  return () => {
    removeCheck();
    removeReading();
  };
}
