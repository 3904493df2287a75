import type { ConnectionOptions, TlsOptions } from 'node:tls';

/** A handshake that takes longer, in milliseconds, is given up by the server. */
const HANDSHAKE_MS = 5_000;

/** PEM texts. With `ca`, each side asks for a certificate that this authority has signed. */
export interface LinkTls {
  ca?: string;
  cert?: string;
  key?: string;
}

export function tlsOfServer({ ca, cert, key }: LinkTls): TlsOptions {
  const ofPeers = ca ? { ca, requestCert: true, rejectUnauthorized: true } : {};
  return { cert, key, handshakeTimeout: HANDSHAKE_MS, ...ofPeers };
}

export function tlsOfClient({ ca, cert, key }: LinkTls): ConnectionOptions {
  return { ca, cert, key };
}
