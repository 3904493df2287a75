import type { NodeStatus } from '@parley/harness';

const MEBIBYTE = 1024 * 1024;
const HEADINGS = ['engine', 'pid', 'address', 'state', 'memory'];

/** One line a node, in columns. */
export function statusTable(nodes: readonly NodeStatus[]): string[] {
  const rows = [HEADINGS, ...nodes.map((node) => statusRow(node))];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

function statusRow({ engine, node, pid, address, answers, memory }: NodeStatus): string[] {
  const name = `${engine} ${node}`;
  if (pid === null) return [name, '-', address, 'down', '-'];
  return [name, String(pid), address, answers ? 'answers' : 'does not answer', `${Math.round(memory / MEBIBYTE)} MiB`];
}

/** For a shell or an `.env` file. */
export function environmentLines(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${value}`);
}
