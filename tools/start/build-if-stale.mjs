/**
 * Apps are built where there is no build of the present sources. `npm start` does that first; run as a program of its own
 * (`node tools/start/build-if-stale.mjs [APP...]`, the standalone server where none is named) it does nothing else, for
 * the tools that start servers themselves.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forgetBuilds, hashOfInputs, isBuiltFrom, mainOf, recordBuilds, ROOT } from './build-state.mjs';

const MIN_NODE = [20, 19];
const NEST_CLI = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');

/** Builds those whose sources have changed since the last build. Ends this process, with a reason, where it cannot. */
export function buildIfStale(apps) {
  checkSurroundings();
  const canBuild = existsSync(NEST_CLI) && existsSync(join(ROOT, 'apps'));
  const isThere = apps.every((app) => existsSync(mainOf(app)));
  if (!canBuild && isThere) return;
  if (!canBuild) fail('There is no build, and no tools to make one. Run this first: npm ci --ignore-scripts');
  const hash = hashOfInputs();
  const stale = apps.filter((app) => !isBuiltFrom(app, hash));
  if (stale.length === 0) return;

  const started = performance.now();
  forgetBuilds(stale);
  const build = spawnSync(process.execPath, [NEST_CLI, 'build', ...stale], { cwd: ROOT, encoding: 'utf8' });
  if (build.status !== 0) {
    process.stderr.write(`${build.stdout ?? ''}${build.stderr ?? ''}`);
    fail('The build failed.');
  }
  recordBuilds(stale, hash);
  const names = stale.map((app) => `apps/${app}`).join(', ');
  console.log(`Built ${names} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2);
  buildIfStale(named.length > 0 ? named : ['standalone']);
}
