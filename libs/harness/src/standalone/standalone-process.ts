import { AppProcess } from '../processes/app-process.js';
import { freePort } from '../processes/free-port.js';
import { DataFolder } from './data-folder.js';

export interface StandaloneOptions {
  /** Where it keeps its data; left out: a temporary folder that `stop` removes. */
  dataDir?: string;
  /** Left out: a free one, the same after each restart. */
  port?: number;
  /** On top of `PATH`, `PORT`, `DATA_DIR` and an `OPS_PORT` of 0. */
  env?: Readonly<Record<string, string>>;
  /** Runs it on this processor core alone (needs `taskset`). */
  core?: number;
  /** The built program, relative to the working directory; default `dist/apps/standalone/main.js`. */
  main?: string;
}

/** The standalone server as a process of its own: started, killed and started again on the same port and data. */
export class StandaloneProcess extends AppProcess {
  private constructor(
    readonly port: number,
    private readonly folder: { path: string; remove(): void },
    options: StandaloneOptions,
  ) {
    super({
      name: 'The server',
      main: options.main ?? 'dist/apps/standalone/main.js',
      env: { PORT: String(port), DATA_DIR: folder.path, OPS_PORT: '0', ...options.env },
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
      core: options.core,
    });
  }

  /** Starts it and waits until it takes sends. Throws, with its output, where that does not happen within 30 s. */
  static async start(options: StandaloneOptions = {}): Promise<StandaloneProcess> {
    const folder = options.dataDir ? { path: options.dataDir, remove: () => undefined } : new DataFolder();
    const server = new StandaloneProcess(options.port ?? (await freePort()), folder, options);
    try {
      await server.start();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** It alone, where a cluster has many. */
  get processes(): readonly AppProcess[] {
    return [this];
  }

  get dataDir(): string {
    return this.folder.path;
  }

  /** Ends it for good and removes a temporary data folder. */
  override async stop(): Promise<void> {
    await super.stop();
    this.folder.remove();
  }
}
