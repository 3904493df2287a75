import type { StandaloneProcess } from '@parley/harness';

const SAYS = 'held memory';
const REPORTING = `
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  console.log(JSON.stringify({ msg: '${SAYS}', bytes: heapUsed + external }));
});
`;

/** What a server needs in its environment, so that `heldMemoryOf` can ask it. */
export const HELD_MEMORY = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(REPORTING)}` };

/**
 * Bytes that the server holds when all garbage is collected, on its heap and in buffers beside it. What the system counts
 * for the process says little: V8 sets its young generation aside as soon as there is traffic, whoever causes it.
 */
export async function heldMemoryOf({ pid, output }: StandaloneProcess): Promise<number> {
  const line = output.line(SAYS, output.count);
  process.kill(pid, 'SIGUSR2');
  return (JSON.parse(await line) as { bytes: number }).bytes;
}
