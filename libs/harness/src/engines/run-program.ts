import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Command } from './node-recipe.js';

/** The surroundings' variables stay outside; programs are still found, and messages are in English. */
export const ENGINE_ENV = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };

const run = promisify(execFile);

/** Runs a program to its end, with `input` as its standard input. Throws, with what it printed, where it fails. */
export async function runProgram({ file, args, user }: Command, input = ''): Promise<void> {
  const running = run(file, args, { env: ENGINE_ENV, cwd: '/', ...user });
  // A program that ends without reading its input is judged by its exit code.
  running.child.stdin?.on('error', () => undefined).end(input);
  try {
    await running;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${file} failed: ${message.split('\n', 1)[0]}\n${stdout}${stderr}`, { cause: error });
  }
}
