import { defineConfig } from 'vitest/config';

/**
 * The suites that hold for a client of any server: they run against the standalone process and against a cluster. (The
 * matrix of rights and the windows hold there as well, but take minutes and ask the code of one process.)
 */
const CONVERSATIONS = [
  'catching-up',
  'changing',
  'chatting',
  'devices',
  'documents',
  'full-group',
  'governing',
  'hostile',
  'idempotency',
  'idling',
  'inbox',
  'limits',
  'membership',
  'presence',
  'random-walk',
  'receipts',
  'sessions',
  'tracing',
  'typing',
  'unread',
  'whole-surface',
].map((name) => `apps/standalone/test/${name}.e2e-spec.ts`);

/** Files that share engines or a cluster: one after another. */
const ONE_BY_ONE = { fileParallelism: false, maxWorkers: 1 } as const;

/**
 * `npm test` runs `unit`, the specs beside the sources in parallel workers, and `e2e`, which starts whole standalone
 * servers. The others need the real engines; `npm run test:engines` brings them up and runs `engines`, the adapters beside
 * their contracts, `cluster`, the conversation suites against a fleet, and `faults`, with processes and engines that die.
 *
 * All read `tsconfig.spec.json`: its glob covers every app and library, so the decorator metadata that Nest's injection
 * needs and the `@parley/*` aliases work in the specs of a library from the moment it is generated.
 */
export default defineConfig({
  tsconfig: 'tsconfig.spec.json',
  resolve: { tsconfigPaths: true },
  test: {
    // Our specs import from 'vitest'; the ones that `nest generate` writes expect globals.
    globals: true,
    environment: 'node',
    testTimeout: 10_000,
    hookTimeout: 10_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,libs,tools}/**/*.spec.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['apps/*/test/**/*.e2e-spec.ts', 'tools/**/*.e2e-spec.ts'],
          provide: { target: 'standalone' },
          sequence: { groupOrder: 1 },
          // Each file has servers of its own, which mostly wait.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'engines',
          include: ['libs/**/*.int-spec.ts'],
          sequence: { groupOrder: 2 },
          ...ONE_BY_ONE,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'cluster',
          include: CONVERSATIONS,
          provide: { target: 'cluster' },
          sequence: { groupOrder: 3 },
          ...ONE_BY_ONE,
          // The files share a cluster (apps/standalone/test/cluster-under-test.ts).
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['{apps,tools}/**/*.fault-spec.ts'],
          sequence: { groupOrder: 4 },
          ...ONE_BY_ONE,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
