import { join } from 'node:path';
import { AppProcess } from '../processes/app-process.js';

/** Engines may have to be waited for, and all processes of a fleet start at once. */
const READY_WITHIN_MS = 60_000;

export type MemberApp = 'gateway' | 'router-worker' | 'api';

export interface MemberPorts {
  ops: number;
  /** A router listens for nobody: it has neither of these. */
  public?: number;
  link?: number;
}

export interface MemberOptions {
  app: MemberApp;
  /** Counts from 1 among the processes of its app. */
  number: number;
  ports: Readonly<MemberPorts>;
  /** Engines, secrets and whatever else; the ports are added. */
  env: Readonly<Record<string, string>>;
  /** Folder for its log file. */
  logs?: string;
}

/** One gateway, router-worker or api of a fleet on this machine, all its ports on the loopback interface. */
export class ClusterMember extends AppProcess {
  readonly app: MemberApp;
  readonly ports: Readonly<MemberPorts>;

  constructor({ app, number, ports, env, logs }: MemberOptions) {
    super({
      name: `${app} ${number}`,
      main: `dist/apps/${app}/main.js`,
      env: { ...portEnvironment(ports), ...env },
      readyUrl: `http://127.0.0.1:${ports.ops}/health/ready`,
      readyWithinMs: READY_WITHIN_MS,
      logFile: logs === undefined ? undefined : join(logs, `${app}-${number}.log`),
    });
    this.app = app;
    this.ports = ports;
  }

  /** Health in detail and metrics. */
  get opsUrl(): string {
    return `http://127.0.0.1:${this.ports.ops}`;
  }

  /** Where clients reach it past the front; null for a router. */
  get url(): string | null {
    return this.ports.public === undefined ? null : `http://127.0.0.1:${this.ports.public}`;
  }
}

function portEnvironment(ports: Readonly<MemberPorts>): Record<string, string> {
  const { ops, public: http, link } = ports;
  return {
    OPS_HOST: '127.0.0.1',
    OPS_PORT: String(ops),
    ...(http !== undefined && { HOST: '127.0.0.1', PORT: String(http) }),
    ...(link !== undefined && {
      LINK_HOST: '127.0.0.1',
      LINK_PORT: String(link),
      LINK_ADDRESS: `127.0.0.1:${link}`,
    }),
  };
}
