import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ApiClient } from '@parley/harness';
import { describe, expect, it } from 'vitest';
import { standaloneUnderTest } from './server-under-test.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The JavaScript program in the README. */
function clientInReadme(): string {
  const [, program] = /^```js\n([^]*?)^```$/m.exec(readFileSync(`${ROOT}README.md`, 'utf8')) ?? [];
  if (program === undefined) throw new Error('README.md has no JavaScript in it');
  return program;
}

/** Runs a program as `node program.mjs <argument>` would, among the packages of this repository. */
async function run(
  program: string,
  argument: string,
): Promise<{ code: number | null; lines: string[]; errors: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-', argument], { cwd: ROOT });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(program);
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, lines: output.split('\n').filter((line) => line !== ''), errors };
}

describe("The README's client", () => {
  const server = standaloneUnderTest({});

  it('registers two users, sends, is told that it was accepted, and shows it on both sides once', async () => {
    const { code, lines, errors } = await run(clientInReadme(), server.url);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    for (const name of ['alice', 'bob']) {
      expect(lines.filter((line) => line.startsWith(name))).toEqual([
        expect.stringMatching(/^(alice|bob)_\d+ has 1: created$/),
        expect.stringMatching(/^(alice|bob)_\d+ has 2: Hello Bob$/),
      ]);
    }
    expect(lines.join('\n')).toMatch(/ok: true,[^]*seq: 2,/);
  });

  it('acknowledges what it read', async () => {
    const { lines } = await run(clientInReadme(), server.url);
    for (const name of ['alice', 'bob']) {
      const [handle = ''] = lines.find((line) => line.startsWith(name))?.split(' ') ?? [];
      const api = new ApiClient(server.url);
      await api.login(handle, 'correct horse');
      await expect.poll(async () => (await api.inbox()).items[0]?.delivered_seq).toBe(2);
    }
  });
});
