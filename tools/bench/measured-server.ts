import { readFileSync } from 'node:fs';
import { freePort, RAISED_LIMITS, StandaloneProcess } from '@parley/harness';
import { WebSocket } from 'ws';

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

/** The server under measurement, read from outside: processor time and memory of its process (Linux only). */
export class MeasuredServer {
  private constructor(
    readonly server: StandaloneProcess,
    private readonly inspectorPort: number,
  ) {}

  /** Its inspector listens, so that garbage can be collected before memory is read; nothing attaches to it otherwise. */
  static async start(core: number | undefined): Promise<MeasuredServer> {
    const inspectorPort = await freePort();
    const env = { ...RAISED_LIMITS, NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}` };
    return new MeasuredServer(await StandaloneProcess.start({ env, core }), inspectorPort);
  }

  get url(): string {
    return this.server.url;
  }

  /** Processor time of the process since its start, user and system, all threads, in microseconds. */
  cpuMicros(): number {
    const stat = readFileSync(`/proc/${this.server.pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; utime and stime are fields 14 and 15, counted from 1.
    const [utime, stime] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return ((Number(utime) + Number(stime)) / TICKS_PER_SECOND) * 1e6;
  }

  /** Resident memory in bytes after a full collection. */
  async memoryBytes(): Promise<number> {
    await this.collectGarbage();
    const [, residentPages] = readFileSync(`/proc/${this.server.pid}/statm`, 'utf8').split(' ');
    return Number(residentPages) * PAGE_BYTES;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private async collectGarbage(): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.inspectorPort}/json/list`);
    const [{ webSocketDebuggerUrl }] = (await response.json()) as { webSocketDebuggerUrl: string }[];
    const socket = new WebSocket(webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const answered = new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
    await answered;
    socket.close();
  }
}
