import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { EngineAddresses } from '@parley/harness';

const ROOT = join(import.meta.dirname, '../../..');

export interface Ended {
  code: number;
  /** Both streams. */
  text: string;
}

/** Runs `npm run quarantine -- ARGS` on these engines, in an environment without anything else. */
export function runQuarantine(args: readonly string[], engines: EngineAddresses): Promise<Ended> {
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.spec.json'),
    KAFKA_BROKERS: engines.kafkaBrokers.join(),
    KAFKA_REPLICATION: '1',
    CASSANDRA_CONTACT_POINTS: engines.cassandraContactPoints.join(),
    CASSANDRA_REPLICATION: '1',
  };
  const command = ['--import', 'tsx', join(ROOT, 'tools/quarantine/main.ts'), ...args];
  return new Promise((done) => {
    const child = execFile(process.execPath, command, { env, cwd: ROOT }, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, text: out + err }),
    );
  });
}
