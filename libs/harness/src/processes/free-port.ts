import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that Linux gives to outgoing connections (32768 and up): between the end of a server and its next
 * start no client's connection can take its port. Above those of the local engines.
 */
const FIRST = 10_000;
const END = 15_000;
const ATTEMPTS = 100;

/** A TCP port of the loopback interface that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port;
}

/** So many different ones. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let attempt = 0; ports.size < count && attempt < ATTEMPTS + count; attempt++) {
    const port = randomInt(FIRST, END);
    if (await isFree(port)) ports.add(port);
  }
  if (ports.size < count) throw new Error(`There are no ${count} free ports from ${FIRST} to ${END - 1}`);
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
