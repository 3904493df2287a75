import type { OpsSettings, ProcessSettings, TracingSettings } from '@parley/config';
import {
  announceReady,
  ProcessLifecycle,
  Readiness,
  startLogging,
  startOps,
  startTracing,
  type StructuredLogger,
} from '@parley/operability';

/** A process of a fleet, from before its engines are there to its end. */
export interface FleetProcess {
  readonly lifecycle: ProcessLifecycle;
  /** What the internal port shows; the app's modules add to it. */
  readonly readiness: Readiness;
  readonly logger: StructuredLogger;
  /** Of the internal port. */
  readonly opsPort: number;
}

/**
 * Runs the one `start` of a process. Its internal port answers from the first moment on, so that whoever looks sees what
 * it is waiting for. `start` prints nothing; what it resolves to is shown beneath the line that says that it is ready.
 */
export async function runFleetProcess(
  name: string,
  config: Readonly<ProcessSettings & OpsSettings & TracingSettings>,
  start: (fleetProcess: FleetProcess) => Promise<Readonly<Record<string, string>>>,
): Promise<void> {
  const lifecycle = new ProcessLifecycle();
  const readiness = new Readiness();
  const logger = startLogging(name, config);
  await lifecycle.run(async () => {
    let isStarted = false;
    readiness.add('start', () => (isStarted ? null : 'the app is starting'));
    await lifecycle.onStop(await startTracing(name, config));
    const ops = await startOps({ host: config.OPS_HOST, port: config.OPS_PORT, token: config.OPS_TOKEN, readiness });
    await lifecycle.onStop(() => ops.close());
    const places = await start({ lifecycle, readiness, logger, opsPort: ops.port });
    isStarted = true;
    announceReady(logger, `Parley ${name}`, {
      ...places,
      operations: `http://${config.OPS_HOST}:${ops.port}/health/ready and /metrics`,
    });
  });
}
