import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** vitest's projects that need engines, in vitest.config.ts. */
const PROJECTS = ['engines', 'cluster', 'faults'];
const VITEST = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
/** For its hooks that stop servers. */
const STOP_WITHIN_MS = 15_000;

/** A command line for Node: all projects that need engines, unless the arguments name some. */
export function vitestCommand(args: readonly string[]): string[] {
  const areNamed = args.some((arg) => arg === '--project' || arg.startsWith('--project='));
  return [VITEST, 'run', ...(areNamed ? [] : PROJECTS.map((name) => `--project=${name}`)), ...args];
}

/**
 * Runs Node as a process of its own, with this environment on top of ours. Resolves to its exit code; when `stopping` is
 * aborted the process is ended, and that is a 1.
 */
export async function runNode(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  stopping: AbortSignal,
): Promise<number> {
  if (stopping.aborted) return 1;
  // What goes to a file or a pipe is read as text.
  const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1' };
  const child = spawn(process.execPath, command, { stdio: 'inherit', env: { ...process.env, ...plain, ...env } });
  stopping.addEventListener('abort', () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS).unref();
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return stopping.aborted ? 1 : (code ?? 1);
}
