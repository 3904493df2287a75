import { ApiConfig, loadConfigOrExit } from '@parley/config';

/**
 * The API as a process of its own stands on the engines of a fleet. Where one of them is not configured it says which,
 * once, and ends with 78. The adapters to these engines are not part of this version: until they are, the API runs
 * inside `apps/standalone`.
 */
loadConfigOrExit(ApiConfig);
process.stderr.write(
  'Kafka, Cassandra and Redis have no adapter in this version: `npm start` runs the API embedded.\n',
);
process.exit(78);
