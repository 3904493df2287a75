import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Output } from './output.js';

const KEPT_LINES = 5_000;

describe('What a process printed', () => {
  it('is found by a piece of a line, now or later, but not before the place one asks from', async () => {
    const stream = new PassThrough();
    const output = new Output();
    output.read(stream);
    stream.write('ready the first time\nsomething');
    expect(await output.line('ready')).toBe('ready the first time');
    const second = output.line('ready', output.count);
    stream.end(' else\nready the second time\n');
    expect(await second).toBe('ready the second time');
    expect(output.lines).toEqual(['ready the first time', 'something else', 'ready the second time']);
  });

  it('is found even where so much was printed that the beginning is forgotten', async () => {
    const stream = new PassThrough();
    const output = new Output();
    output.read(stream);
    stream.write('ready\n');
    stream.write('noise\n'.repeat(KEPT_LINES + 10));
    await output.line('noise');
    const { count } = output;
    expect([count, output.lines.length]).toEqual([KEPT_LINES + 11, KEPT_LINES]);
    const again = output.line('ready', count);
    stream.write('ready again\n');
    expect(await again).toBe('ready again');
  });

  it('tells what nobody took care of', async () => {
    const stream = new PassThrough();
    const output = new Output();
    output.read(stream);
    stream.write("fine\nError: Unhandled 'error' event\nUncaught Exception\nunhandledRejection\nlast\n");
    await output.line('last');
    expect(output.unhandled()).toHaveLength(3);
    expect(output.unhandled(3)).toEqual(['unhandledRejection']);
  });

  it('tells which failures it logged, now or since a place', async () => {
    const stream = new PassThrough();
    const output = new Output();
    output.read(stream);
    const logged = (level: unknown) => JSON.stringify({ level, message: 'an "error"', context: 'error' });
    const lines = ['error', 'warn', 'fatal', 50, 40].map(logged);
    stream.write(`error\n${lines.join('\n')}\nlast\n`);
    await output.line('last');
    expect(output.errors()).toEqual([lines[0], lines[2], lines[3]]);
    expect(output.errors(3)).toEqual([lines[2], lines[3]]);
  });
});
