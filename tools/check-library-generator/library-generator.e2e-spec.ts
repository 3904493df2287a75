import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** node_modules is linked, the others are not source. */
const NOT_COPIED = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);
const NEST = 'node_modules/@nestjs/cli/bin/nest.js';
const VITEST = 'node_modules/vitest/vitest.mjs';

/** A spec that fails unless the alias resolves and the constructor's types reach Nest as decorator metadata. */
const SPEC_WITH_INJECTION = `
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ProbeModule, ProbeService } from '@parley/probe';
import { expect, it } from 'vitest';

@Injectable()
class Needy {
  constructor(readonly probe: ProbeService) {}
}

it('injects by the type of a constructor parameter', async () => {
  const app = await Test.createTestingModule({ imports: [ProbeModule], providers: [Needy] }).compile();
  expect(app.get(Needy).probe).toBeInstanceOf(ProbeService);
});
`;

describe('nest generate library', () => {
  let copy: string;

  const run = async (script: string, ...args: string[]): Promise<string> => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args], { cwd: copy });
    return stdout + stderr;
  };

  beforeAll(async () => {
    copy = mkdtempSync(join(tmpdir(), 'parley-generator-'));
    const isSource = (path: string): boolean => !NOT_COPIED.has(relative(ROOT, path).split(sep)[0]);
    cpSync(ROOT, copy, { recursive: true, filter: isSource });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    await run(NEST, 'generate', 'library', 'probe');
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('gives a library whose specs run, its own and one with an injected dependency', async () => {
    writeFileSync(join(copy, 'libs/probe/src/injection.spec.ts'), SPEC_WITH_INJECTION);
    const report = join(copy, 'report.json');
    await run(VITEST, 'run', 'libs/probe', '--reporter=json', `--outputFile=${report}`);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ numPassedTests: 2, numFailedTests: 0 });
  });

  it('leaves the apps building, with the new library inside', async () => {
    appendFileSync(join(copy, 'apps/api/src/main.ts'), `\nexport { ProbeService } from '@parley/probe';\n`);
    await run(NEST, 'build', 'api');
    expect(existsSync(join(copy, 'dist/apps/api/main.js'))).toBe(true);
    expect(readFileSync(join(copy, 'dist/apps/api/main.js'), 'utf8')).toContain('class ProbeService');
  });
});
