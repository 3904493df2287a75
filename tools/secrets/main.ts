import { freshSecrets } from './fresh-secrets.js';

console.log(freshSecrets().join('\n'));
