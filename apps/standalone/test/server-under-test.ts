import { RAISED_LIMITS, StandaloneProcess, TestUser, type AppProcess } from '@parley/harness';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { clusterUnderTest } from './cluster-under-test.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** What a vitest project runs the suites against (vitest.config.ts). */
    target: 'standalone' | 'cluster';
  }
}

/** What the tests need of a running server, be it one process or many. */
interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly processes: readonly AppProcess[];
}

/** The server of a spec file, and the people in its tests. */
export interface ServerUnderTest<Running extends RunningServer = RunningServer> {
  readonly running: Running;
  readonly url: string;
  readonly port: number;
  /** Registers new users; their clients are disconnected after the test. */
  users(...names: string[]): Promise<TestUser[]>;
}

type Environment = Readonly<Record<string, string>>;

/**
 * Has a server ready before the tests of this file: what the vitest project is for, one standalone process that is theirs
 * alone, or a cluster on real engines. Limits are raised unless `env` says otherwise. After each test nothing unhandled
 * may stand in the server's output, and nothing may have come that the documents do not describe.
 */
export function serverUnderTest(env: Environment = RAISED_LIMITS): ServerUnderTest {
  if (inject('target') === 'standalone') return standaloneUnderTest(env);
  return underTest(
    () => clusterUnderTest(env),
    () => undefined,
  );
}

/** The same for tests that are about the standalone process itself. */
export function standaloneUnderTest(env: Environment = RAISED_LIMITS): ServerUnderTest<StandaloneProcess> {
  return underTest(
    () => StandaloneProcess.start({ env }),
    (server) => server.stop(),
  );
}

function underTest<Running extends RunningServer>(
  start: () => Promise<Running>,
  release: (server: Running) => Promise<void> | void,
): ServerUnderTest<Running> {
  let server: Running | null = null;
  const people: TestUser[] = [];
  const running = (): Running => {
    if (!server) throw new Error('The server is started before the first test, not before');
    return server;
  };

  beforeAll(async () => {
    server = await start();
  });
  afterEach(() => {
    for (const person of people) person.leave();
    expect(people.splice(0).flatMap(({ undocumented }) => undocumented)).toEqual([]);
    expect(running().processes.flatMap(({ output }) => output.unhandled())).toEqual([]);
  });
  afterAll(async () => {
    if (server) await release(server);
  });

  return {
    get running() {
      return running();
    },
    get url() {
      return running().url;
    },
    get port() {
      return running().port;
    },
    async users(...names) {
      const registered = await Promise.all(names.map((name) => TestUser.register(running().url, name)));
      people.push(...registered);
      return registered;
    },
  };
}
