import { defineConfig } from 'vitest/config';

/**
 * Two projects: `unit` runs the specs beside the sources in parallel workers; `e2e` starts whole applications, so its
 * files run one after another in a single worker and two of them never compete for the cores.
 *
 * Both read `tsconfig.spec.json`: its glob covers every app and library, so the decorator metadata that Nest's
 * injection needs and the `@parley/*` aliases work in the specs of a library from the moment it is generated.
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
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
