export { EphemeralSigningKeys } from './ephemeral-signing-keys.js';
