import { readFileSync } from 'node:fs';
import { FileSigningKeys } from '@parley/tokens';
import { freshSecrets } from './fresh-secrets.js';
import { keyRotation } from './rotate-key.js';

const USAGE = `usage: npm run secrets                    secrets of a new fleet, for its .env file
       npm run secrets -- rotate .env    the steps to another signing key of the fleet that has this file
       npm run secrets -- rotate DATA_DIR/signing-key.json    another signing key for a standalone server`;

const [command, path] = process.argv.slice(2);

if (command === undefined) console.log(freshSecrets().join('\n'));
else if (command === 'rotate' && path?.endsWith('.json')) {
  await FileSigningKeys.rotate(path);
  console.log(
    `${path} holds another key; it signs when the server is started again, and the old one is still accepted`,
  );
} else if (command === 'rotate' && path !== undefined) {
  console.log(keyRotation(readFileSync(path, 'utf8')).join('\n'));
} else {
  console.error(USAGE);
  process.exitCode = 64;
}
