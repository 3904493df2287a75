import { connect } from 'node:net';

/** A TCP address. */
export interface Listener {
  host: string;
  port: number;
}

/**
 * Whether an engine answers: the smallest request of each protocol that only a server ready for clients answers, by
 * hand, so that no driver is needed. A process that is stopped by SIGSTOP still takes connections, but answers nothing.
 */
export interface Probe {
  request: Buffer;
  /** Of the first bytes that come back. */
  accepts(answer: Buffer): boolean;
}

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** Length, then ApiVersions (key 18, version 0), correlation id 1, no client id. The answer is length, correlation id, error code. */
export const KAFKA_PROBE: Probe = {
  request: bytes('0000000a 0012 0000 00000001 ffff'),
  accepts: (answer) => answer.length >= 10 && answer.readInt32BE(4) === 1 && answer.readInt16BE(8) === 0,
};

/** Version 4 of the CQL protocol, flags, stream, OPTIONS (5), no body; SUPPORTED (6) answers it. */
export const CASSANDRA_PROBE: Probe = {
  request: bytes('04 00 0000 05 00000000'),
  accepts: (answer) => answer.length >= 9 && answer.readUInt8(4) === 6,
};

export const REDIS_PROBE: Probe = {
  request: Buffer.from('PING\r\n'),
  accepts: (answer) => answer.toString('latin1').startsWith('+PONG'),
};

/** A StartupMessage of protocol 3.0. A server that takes connections asks for the password: `R`; one that starts: `E`. */
export function postgresProbe(user: string, database: string): Probe {
  const body = Buffer.from(`\0\x03\0\0user\0${user}\0database\0${database}\0\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return {
    request: Buffer.concat([length, body]),
    accepts: (answer) => answer.toString('latin1').startsWith('R'),
  };
}

/** Sends the probe to the listener. Never throws: no connection, a reset or no answer within `timeoutMs` are `false`. */
export function answersTo(probe: Probe, listener: Listener, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(listener.port, listener.host);
    let answer = Buffer.alloc(0);
    const end = (accepted: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(accepted);
    };
    const timer = setTimeout(() => end(false), timeoutMs);
    socket.on('connect', () => socket.write(probe.request));
    socket.on('data', (received) => {
      answer = Buffer.concat([answer, received]);
      if (probe.accepts(answer)) end(true);
    });
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
  });
}
