import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import type { Verdict } from '@parley/contracts';
import { TcpGatewayLink, type LinkFrame } from '@parley/gateway-link';
import { freeAddress, LINK_SECRET, startLinkProcess } from '@parley/gateway-link/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { GatewayQueues } from './gateway-queues.js';

const OUTCOME = { accepted: false, code: 'not_found', message: 'No such conversation' } as const;

describe('gateway queues over TCP', () => {
  let address: string;
  let queues: GatewayQueues;

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
    address = await freeAddress();
    const link = new TcpGatewayLink({ secret: LINK_SECRET });
    queues = new GatewayQueues(link);
    queues.onApplicationBootstrap();
    onTestFinished(() => {
      queues.beforeApplicationShutdown();
      link.onApplicationShutdown();
    });
  });

  afterEach(() => vi.useRealTimers());

  function send(message_id: string): Promise<void> {
    const verdict: Verdict = { message_id, conversation_id: '500', outcome: OUTCOME };
    queues.verdict(address, verdict);
    return queues.flush([address]);
  }

  /** A gateway at the address, and the frames that it takes. */
  async function startGateway(): Promise<LinkFrame[]> {
    const frames: LinkFrame[] = [];
    onTestFinished(await startLinkProcess(address, { take: (frame) => frames.push(frame) }));
    return frames;
  }

  it('give up a process that hangs, and find the gateway that comes in its place', async () => {
    const hanging = createServer().listen(Number(address.split(':')[1]), '127.0.0.1');
    await once(hanging, 'listening');
    const flushed = send('1');
    const [socket] = (await once(hanging, 'connection')) as [Socket];
    await once(
      socket.on('error', () => undefined),
      'data',
    );
    const dropped = once(socket, 'close');
    await vi.advanceTimersByTimeAsync(6_000);
    await flushed;
    await dropped;
    hanging.close();
    await once(hanging, 'close');
    await send('dropped');

    const frames = await startGateway();
    vi.advanceTimersByTime(2_000);
    await vi.waitFor(() => expect(frames).toEqual([{ pushes: [], verdicts: [], heads: [], compare: true }]));
    await vi.waitFor(async () => {
      await send('2');
      expect(frames.flatMap(({ verdicts }) => verdicts)).toMatchObject([{ message_id: '2' }]);
    });
  });

  it('bring a frame to a gateway that restarts within a second', async () => {
    const flushed = send('1');
    const frames = await startGateway();
    await vi.waitFor(() => expect(frames.map(({ verdicts }) => verdicts)).toMatchObject([[{ message_id: '1' }]]));
    await flushed;
  });
});
