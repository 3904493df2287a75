/**
 * `npm start`: one command from a fresh `npm ci` to a running standalone server.
 *
 * Builds when the sources have changed since the last build, reads `.env` where there is one, then runs the server as a
 * child:
 * - SIGTERM and SIGINT are passed on once each; a Ctrl-C is not, the terminal has given it to the child already.
 *   A service manager may still signal both processes, so the server takes a second signal as the same request.
 * - The child has an IPC channel that carries no messages. It closes when this process dies, in whatever way, and the
 *   server takes 'disconnect' as SIGTERM:
 *   `if (process.channel) { process.once('disconnect', stop); process.channel.unref(); }`
 * - The exit code is the child's, or 128 + the number of the signal that ended it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { buildIfStale, fail } from './build-if-stale.mjs';
import { mainOf } from './build-state.mjs';

/** A larger young generation: its collections are the tail of the latency. */
const NODE_FLAGS = ['--max-semi-space-size=64', '--enable-source-maps'];

buildIfStale(['standalone']);
// What the environment sets wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env');
run();

function run() {
  const child = spawn(process.execPath, [...NODE_FLAGS, mainOf('standalone'), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const inTerminal = process.stdin.isTTY || process.stdout.isTTY;
  passOn('SIGTERM', () => child.kill('SIGTERM'));
  passOn('SIGINT', () => inTerminal || child.kill('SIGINT'));

  child.once('error', (error) => fail(`The server could not be started: ${error.message}`));
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** Listens for good, so that a repeated signal does not end this process before its child; acts once. */
function passOn(signal, act) {
  let passed = false;
  process.on(signal, () => {
    if (!passed) act();
    passed = true;
  });
}
