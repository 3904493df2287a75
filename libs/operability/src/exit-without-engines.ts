/** EX_UNAVAILABLE of sysexits.h. */
const UNAVAILABLE = 69;

/**
 * Ends an app that stands on a fleet's engines, which this version has no adapters for. Its modules run inside
 * `apps/standalone`, on the embedded ones.
 */
export function exitWithoutEngines(app: string): never {
  process.stderr.write(
    `The ${app} is configured, but this version has no adapters for Kafka, Cassandra and Redis: ` +
      '`npm start` runs it in one process with embedded engines.\n',
  );
  process.exit(UNAVAILABLE);
}
