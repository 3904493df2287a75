import { RAISED_LIMITS, StandaloneProcess, TestUser } from '@parley/harness';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

/** The server of a spec file, and the people in its tests. */
export interface ServerUnderTest {
  readonly process: StandaloneProcess;
  /** Registers new users; their clients are disconnected after the test. */
  users(...names: string[]): Promise<TestUser[]>;
}

/**
 * Starts one standalone server before the tests of this file and stops it after them. Limits are raised unless `env`
 * says otherwise. After each test nothing unhandled may stand in the server's output.
 */
export function serverUnderTest(env: Readonly<Record<string, string>> = RAISED_LIMITS): ServerUnderTest {
  let server: StandaloneProcess | null = null;
  const people: TestUser[] = [];
  const running = (): StandaloneProcess => {
    if (!server) throw new Error('The server is started before the first test, not before');
    return server;
  };

  beforeAll(async () => {
    server = await StandaloneProcess.start({ env });
  });
  afterEach(() => {
    for (const person of people.splice(0)) person.leave();
    expect(running().output.unhandled()).toEqual([]);
  });
  afterAll(async () => {
    await server?.stop();
  });

  return {
    get process() {
      return running();
    },
    async users(...names) {
      const registered = await Promise.all(names.map((name) => TestUser.register(running().url, name)));
      people.push(...registered);
      return registered;
    },
  };
}
