/**
 * A process that starts an embedded server in the folder of its argument and then does nothing: prints the server's
 * process id and stays until it is killed.
 */
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const vite = await createViteServer({
  configFile: false,
  root: fileURLToPath(new URL('..', import.meta.url)),
  server: { middlewareMode: true, ws: false, watch: null },
  appType: 'custom',
  logLevel: 'error',
});
const { startEmbeddedPostgres } = await vite.ssrLoadModule('/embedded/embedded-postgres.ts');
const server = await startEmbeddedPostgres({ dataDir: process.argv[2] });
process.stdout.write(`${server.pid}\n`);
