import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi, type MockInstance } from 'vitest';
import type { LinkFrame } from '../gateway-link.js';
import { freeAddress, LINK_SECRET, startLinkProcess } from '../testing/link-process.js';
import { frameOf } from '../testing/sample-frame.js';
import { linkToken } from './link-token.js';
import { encodeMessage } from './message-framing.js';
import { TcpGatewayLink } from './tcp-gateway-link.js';

const GARBAGE = {
  'an HTTP request': Buffer.from('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  'zeros without end': Buffer.alloc(1024 * 1024),
  'what looks like messages of another transport': Buffer.from('5#{"a":#-1#{}NaN#'.repeat(100)),
  'a message before the token': encodeMessage({ pattern: 'frame', data: frameOf(1), id: '1' }),
};

const MALFORMED = {
  'the largest length there is': Buffer.alloc(64, 0xff),
  'a message that is no object': Buffer.from([0, 0, 0, 4, ...Buffer.from('null')]),
  'a message that is no JSON': Buffer.from([0, 0, 0, 2, 0xc3, 0x28]),
};

const UNKNOWN = {
  'no pattern': {},
  'a pattern nested a thousand deep': { id: '1', pattern: JSON.parse('[{"a":'.repeat(999) + '1' + '}]'.repeat(999)) },
  'a pattern that nobody handles': { id: '1', pattern: 'other', data: {} },
  'an event that nobody handles': { pattern: 'other', data: frameOf(1) },
  'a frame that is null': { id: '1', pattern: 'frame', data: null },
  'a frame without heads': { id: '1', pattern: 'frame', data: { ...frameOf(1), heads: undefined } },
  'a frame of another shape': { id: '1', pattern: 'frame', data: { ...frameOf(1), pushes: {} } },
  'a frame with a push for no list of sessions': {
    id: '1',
    pattern: 'frame',
    data: { ...frameOf(1), pushes: [...frameOf(1).pushes, { ...frameOf(1).pushes[0], session_ids: undefined }] },
  },
  'a frame with a push of nothing': {
    id: '1',
    pattern: 'frame',
    data: { ...frameOf(1), pushes: [{ ...frameOf(1).pushes[0], entry: null }] },
  },
  'a frame with a head that is null': { id: '1', pattern: 'frame', data: { ...frameOf(1), heads: [null] } },
  'a frame with a verdict that is null': { id: '1', pattern: 'frame', data: { ...frameOf(1), verdicts: [null] } },
};

describe('the link server', () => {
  let address: string;
  let taken: LinkFrame[];
  let link: TcpGatewayLink;
  let warnings: MockInstance<Logger['warn']>;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    warnings = vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    vi.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    address = await freeAddress();
    taken = [];
    stop = await startLinkProcess(address, { take: (frame) => taken.push(frame) });
    link = new TcpGatewayLink({ secret: LINK_SECRET });
  });

  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    link.onApplicationShutdown();
    await stop();
  });

  /** A connection of a peer that is not ours to trust; `ended` resolves when the server has closed it. */
  async function call(...writes: Buffer[]): Promise<{ socket: Socket; ended: Promise<unknown> }> {
    const [host, port] = address.split(':');
    const socket = connect(Number(port), host).resume();
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await once(socket, 'connect');
    for (const bytes of writes) socket.write(bytes);
    return { socket, ended };
  }

  async function mustStillServe(): Promise<void> {
    taken.length = 0;
    await link.deliver(address, frameOf(9));
    expect(taken).toEqual([frameOf(9)]);
  }

  const token = () => linkToken(LINK_SECRET, address);

  it.each(Object.entries(GARBAGE))('closes a connection that brings %s', async (_name, bytes) => {
    const { ended } = await call(bytes);
    await ended;
    expect(taken).toEqual([]);
    await mustStillServe();
  });

  it.each(Object.entries(MALFORMED))('closes a connection that brings, after the token, %s', async (_name, bytes) => {
    const { ended } = await call(token(), bytes);
    await ended;
    await mustStillServe();
  });

  it.each(Object.entries(UNKNOWN))('takes nothing from %s, and goes on', async (_name, message) => {
    // The answer to what follows on the same connection tells that this one is over.
    const { socket } = await call(token(), encodeMessage(message));
    socket.write(encodeMessage({ id: 'last', pattern: 'frame', data: frameOf(2) }));
    await vi.waitFor(() => expect(taken).toEqual([frameOf(2)]));
    await mustStillServe();
  });

  it('holds no more than a token of a peer that has not shown one, and closes it after five seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { socket, ended } = await call(token().subarray(0, 31));
    await vi.waitFor(() => expect(socket.bytesWritten).toBe(31));
    await mustStillServe();
    vi.advanceTimersByTime(5_000);
    await ended;
  });

  it('takes a token and frames in pieces of any size', async () => {
    const { socket } = await call();
    const bytes = Buffer.concat([token(), encodeMessage({ id: '1', pattern: 'frame', data: frameOf(3) })]);
    for (const byte of bytes) await new Promise((written) => socket.write(Buffer.of(byte), written));
    await vi.waitFor(() => expect(taken).toEqual([frameOf(3)]));
  });

  it('drops half a frame with the connection that brought it', async () => {
    const bytes = encodeMessage({ id: '1', pattern: 'frame', data: frameOf(1) });
    const { socket, ended } = await call(token(), bytes.subarray(0, 100));
    await vi.waitFor(() => expect(socket.bytesWritten).toBe(132));
    socket.resetAndDestroy();
    await ended;
    await mustStillServe();
  });

  it('writes one line a minute about all the peers that it refused, and none of what they sent', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const refused = async () => (await call(Buffer.from('canary'.repeat(10)))).ended;
    for (let count = 0; count < 5; count++) await refused();
    expect(warnings.mock.calls).toEqual([[expect.stringMatching(/^a connection from 127.0.0.1 .*right token$/)]]);
    vi.advanceTimersByTime(60_000);
    await refused();
    expect(warnings).toHaveBeenCalledTimes(2);
    expect(warnings.mock.lastCall?.[0]).toMatch(/4 more/);
    expect(JSON.stringify(warnings.mock.calls)).not.toContain('canary');
  });

  it('says why it cannot listen', async () => {
    const receiver = { take: () => undefined };
    await expect(startLinkProcess(address, receiver)).rejects.toThrow(/EADDRINUSE/);
    // An address for documentation (RFC 5737) belongs to no machine.
    await expect(startLinkProcess('192.0.2.1:7000', receiver)).rejects.toThrow(/EADDRNOTAVAIL/);
  });
});
