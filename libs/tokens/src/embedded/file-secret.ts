import { randomBytes } from 'node:crypto';
import { readOrCreatePrivateFile } from './private-file.js';

const HEX = /^[0-9a-f]{64}$/;

/** A server secret of 32 random bytes in a file of its own (hex, mode 600), made on first start and kept. */
export async function openFileSecret(path: string): Promise<Uint8Array> {
  const contents = await readOrCreatePrivateFile(path, () => Promise.resolve(`${randomBytes(32).toString('hex')}\n`));
  const hex = contents.trim();
  if (!HEX.test(hex))
    throw new Error(`${path} is not a server secret; restore it, or remove it to start with a new one`);
  return Buffer.from(hex, 'hex');
}
