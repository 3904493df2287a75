import { DEVELOPMENT_SECRETS } from '@parley/config';
import type { EngineAddresses } from '../engines/engine-addresses.js';
import { freePorts } from '../processes/free-port.js';
import { ClusterMember, type MemberApp, type MemberPorts } from './cluster-member.js';
import { FrontProxy } from './front-proxy.js';

/** More copies than that make nothing safer. */
const MOST_COPIES = 3;

export interface ClusterOptions {
  engines: EngineAddresses;
  /** How many of each; default 2 gateways, 2 routers, 1 api. */
  gateways?: number;
  routers?: number;
  apis?: number;
  /** Of the front; left out: a free one. */
  port?: number;
  /** For every process, on top of what makes them a cluster. */
  env?: Readonly<Record<string, string>>;
  /** Folder for a log file of each process; left out: none is written. */
  logs?: string;
}

/**
 * A fleet on this machine: gateways, router-workers and apis as processes of their own, on engines that run already,
 * behind one address. Each process can be killed, paused and started again; none outlives this one. The secrets are the
 * development ones, so tokens stay good over a restart.
 */
export class ClusterProcesses {
  private constructor(
    readonly gateways: readonly ClusterMember[],
    readonly routers: readonly ClusterMember[],
    readonly apis: readonly ClusterMember[],
    private readonly front: FrontProxy,
  ) {}

  /** Starts all of it and waits until every process is ready. Throws, with nothing left running, where one is not. */
  static async start(options: ClusterOptions): Promise<ClusterProcesses> {
    const cluster = await ClusterProcesses.prepare(options);
    try {
      await Promise.all(cluster.processes.map((each) => each.start()));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** A cluster of which only the front runs: its processes are to be started one by one. */
  static async prepare(options: ClusterOptions): Promise<ClusterProcesses> {
    const { gateways = 2, routers = 2, apis = 1 } = options;
    const env = { ...environmentOn(options.engines), ...options.env };
    const ports = await freePorts(3 * (gateways + apis) + routers);
    const take = (): number => ports.pop() ?? 0;
    const fleet = (app: MemberApp, count: number, portsOfOne: () => MemberPorts): ClusterMember[] =>
      Array.from(
        { length: count },
        (_, index) => new ClusterMember({ app, number: index + 1, ports: portsOfOne(), env, logs: options.logs }),
      );
    const listening = (): MemberPorts => ({ ops: take(), public: take(), link: take() });
    const [gateway, api] = [fleet('gateway', gateways, listening), fleet('api', apis, listening)];
    const router = fleet('router-worker', routers, () => ({ ops: take() }));
    const publicPorts = (some: ClusterMember[]): number[] => some.map(({ ports }) => ports.public ?? 0);
    const front = await FrontProxy.listen({
      port: options.port ?? 0,
      gateways: publicPorts(gateway),
      apis: publicPorts(api),
    });
    return new ClusterProcesses(gateway, router, api, front);
  }

  /** All of them. */
  get processes(): readonly ClusterMember[] {
    return [...this.gateways, ...this.routers, ...this.apis];
  }

  /** The one address of sockets and REST. */
  get url(): string {
    return this.front.url;
  }

  get port(): number {
    return this.front.port;
  }

  /** What any process printed of an unhandled rejection or an uncaught exception, with its name. */
  unhandled(): string[] {
    return this.processes.flatMap(({ name, output }) => output.unhandled().map((line) => `${name}: ${line}`));
  }

  /** Ends it for good: what takes sends first, then what gives the verdicts, the front last. The engines stay. */
  async stop(): Promise<void> {
    await Promise.all([...this.gateways, ...this.apis].map((each) => each.stop()));
    await Promise.all(this.routers.map((each) => each.stop()));
    await this.front.close();
  }
}

function environmentOn(engines: EngineAddresses): Record<string, string> {
  const copies = (nodes: readonly string[]): string => String(Math.min(nodes.length, MOST_COPIES));
  return {
    ...DEVELOPMENT_SECRETS,
    KAFKA_BROKERS: engines.kafkaBrokers.join(','),
    KAFKA_REPLICATION: copies(engines.kafkaBrokers),
    CASSANDRA_CONTACT_POINTS: engines.cassandraContactPoints.join(','),
    CASSANDRA_REPLICATION: copies(engines.cassandraContactPoints),
    REDIS_URL: engines.redisUrl,
    POSTGRES_URL: engines.postgresUrl,
    // The front.
    TRUST_PROXY: '1',
  };
}
