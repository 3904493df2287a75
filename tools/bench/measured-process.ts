import { readFileSync } from 'node:fs';
import type { AppProcess } from '@parley/harness';
import { WebSocket } from 'ws';

const PAGE_BYTES = 4_096;

/** Makes an app's inspector listen, on a free port that it prints; nothing attaches to it but `memoryOf`. */
export const INSPECTABLE = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

/** Resident memory in bytes of an app that was started `INSPECTABLE`, after a full collection. Linux only. */
export async function memoryOf(app: AppProcess): Promise<number> {
  await collectGarbage(await app.output.line('Debugger listening on '));
  const [, residentPages] = readFileSync(`/proc/${app.pid}/statm`, 'utf8').split(' ');
  return Number(residentPages) * PAGE_BYTES;
}

async function collectGarbage(announcement: string): Promise<void> {
  const socket = new WebSocket(announcement.slice(announcement.indexOf('ws://')));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const answered = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
  await answered;
  socket.close();
}
