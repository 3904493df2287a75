import {
  ClusterProcesses,
  engineAddresses,
  memoryOf,
  RAISED_LIMITS,
  StandaloneProcess,
  type AppProcess,
} from '@parley/harness';
import type { TargetName } from './arguments.js';

type Running = StandaloneProcess | ClusterProcesses;

/** The server under attack: what of it is wrong is told once, and what died is started again. */
export class Target {
  /** How many lines of each process were looked at. */
  private readonly seen = new Map<AppProcess, number>();

  private constructor(private readonly running: Running) {}

  /** Its limits are raised: a refusal for the rate would be all that most cases get to see. */
  static async start(name: TargetName): Promise<Target> {
    const env = { ...RAISED_LIMITS, DEVICES_PER_USER: '10000' };
    if (name === 'standalone') return new Target(await StandaloneProcess.start({ env }));
    return new Target(await ClusterProcesses.start({ engines: engineAddresses(), env }));
  }

  get url(): string {
    return this.running.url;
  }

  get port(): number {
    return this.running.port;
  }

  /** Processes that ended, errors they logged, failures that nobody took care of: what came since the last call. */
  async complaints(): Promise<string[]> {
    const complaints: string[] = [];
    for (const process of this.running.processes) {
      const { name, output } = process;
      const errors = [...output.errors(this.seen.get(process)), ...output.unhandled(this.seen.get(process))];
      complaints.push(...new Set(errors.map((line) => `${name} logged ${line}`)));
      if (!process.running) {
        complaints.push(`${name} ended:\n${output.tail()}`);
        await process.start();
      }
      this.seen.set(process, output.count);
    }
    return complaints;
  }

  /** What all its processes take, in MiB. */
  memoryMib(): number {
    return Math.round(this.running.processes.reduce((sum, { pid }) => sum + memoryOf(pid), 0) / 2 ** 20);
  }

  stop(): Promise<void> {
    return this.running.stop();
  }
}
