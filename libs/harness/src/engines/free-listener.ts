import { createServer } from 'node:net';
import type { Listener } from './probes.js';
import { listenerOn } from './process-table.js';

/** Throws, naming the process as far as that can be seen, where something listens on the address already. */
export function requireFree(who: string, { host, port }: Listener): Promise<void> {
  return new Promise((resolve, reject) => {
    const test = createServer();
    test.once('error', (error) => reject(new Error(notFree(who, { host, port }, error))));
    test.listen({ host, port, exclusive: true }, () => test.close(() => resolve()));
  });
}

function notFree(who: string, { host, port }: Listener, error: Error): string {
  const owner = listenerOn(port);
  const why = owner === null ? error.message : `process ${owner.pid} listens there: ${owner.command.slice(0, 100)}`;
  return `${who} cannot have ${host}:${port}: ${why}. Stop that, or give other ports with --port-offset`;
}
