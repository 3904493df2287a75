import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, absolute. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that decides what a build contains. Packages stay outside the bundle, their list decides which. */
const INPUTS = [
  'apps',
  'libs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'nest-cli.json',
  'rspack.config.js',
];
const NOT_BUILT = /[.](spec|int-spec|e2e-spec)[.]ts$/;
/** Every app that `npm run build` makes. */
const APPS = ['gateway', 'router-worker', 'api', 'standalone'];
const RECORDS = join(ROOT, 'dist/.builds');
const recordOf = (app) => join(RECORDS, app);

/** @returns {string} the program that a build of the app makes. */
export const mainOf = (app) => join(ROOT, `dist/apps/${app}/main.js`);

/**
 * A content hash, not modification times: a checkout, a copy or an unpacked archive sets times at will.
 * @returns {string} SHA-256 in hex over the paths and bytes of all inputs; takes some tens of milliseconds.
 */
export function hashOfInputs() {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap(filesUnder)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} app
 * @param {string} hash of the present inputs.
 * @returns {boolean} whether `dist` holds a build of the app from just these.
 */
export function isBuiltFrom(app, hash) {
  return existsSync(mainOf(app)) && existsSync(recordOf(app)) && readFileSync(recordOf(app), 'utf8') === hash;
}

/** Call it before a build, so that a build that is cut short counts as none. */
export function forgetBuilds(apps) {
  for (const app of apps) rmSync(recordOf(app), { force: true });
}

/**
 * @param {string[]} apps that were built.
 * @param {string} hash of the inputs, taken before the build began.
 */
export function recordBuilds(apps, hash) {
  mkdirSync(RECORDS, { recursive: true });
  for (const app of apps) writeFileSync(recordOf(app), hash);
}

/** @returns {string[]} relative to the root, sorted: the file itself, or all files below the folder; none when absent. */
function filesUnder(input) {
  const path = join(ROOT, input);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [input];
  return readdirSync(path, { recursive: true })
    .map((name) => join(input, name))
    .filter((name) => !NOT_BUILT.test(name) && statSync(join(ROOT, name)).isFile())
    .sort();
}

// `npm run build` ends with `node tools/start/build-state.mjs`, so that whatever starts an app after it has nothing to build.
if (process.argv[1] === fileURLToPath(import.meta.url)) recordBuilds(APPS, hashOfInputs());
