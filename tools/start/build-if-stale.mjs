/**
 * The standalone server is built where there is no build of the present sources. `npm start` does that first; run as a
 * program of its own it does nothing else, for the tools that start the server themselves.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forgetBuild, hashOfInputs, recordBuild, recordedHash, ROOT } from './build-state.mjs';

/** The program that a build makes. */
export const MAIN = join(ROOT, 'dist/apps/standalone/main.js');

const MIN_NODE = [20, 19];
const NEST_CLI = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');

/** Builds when the sources have changed since the last build. Ends this process, with a reason, where it cannot. */
export function buildIfStale() {
  checkSurroundings();
  const canBuild = existsSync(NEST_CLI) && existsSync(join(ROOT, 'apps'));
  if (!canBuild && existsSync(MAIN)) return;
  if (!canBuild) fail('There is no build, and no tools to make one. Run this first: npm ci --ignore-scripts');
  const hash = hashOfInputs();
  if (existsSync(MAIN) && recordedHash() === hash) return;

  const started = performance.now();
  forgetBuild();
  const build = spawnSync(process.execPath, [NEST_CLI, 'build', 'standalone'], { cwd: ROOT, encoding: 'utf8' });
  if (build.status !== 0) {
    process.stderr.write(`${build.stdout ?? ''}${build.stderr ?? ''}`);
    fail('The build failed.');
  }
  recordBuild(hash);
  console.log(`Built apps/standalone in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

/** Says why, and ends this process. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

function checkSurroundings() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
    fail(`Parley needs Node.js ${MIN_NODE.join('.')} or newer; this is ${process.version}.`);
  }
  if (!existsSync(join(ROOT, 'node_modules/@nestjs/core'))) {
    fail('The dependencies are not installed. Run this first: npm ci --ignore-scripts');
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildIfStale();
