import type { StandaloneProcess } from '@parley/harness';

/** Sessions as the server's metrics count them. */
export async function openSessions({ output }: StandaloneProcess): Promise<number> {
  const line = output.lines.find((each) => each.includes('/metrics')) ?? '';
  const address = /http:[^\s"]+/.exec(line)?.[0] ?? '';
  const text = await (await fetch(new URL('/metrics', address))).text();
  return Number(/^parley_sessions (\d+)$/m.exec(text)?.[1]);
}
