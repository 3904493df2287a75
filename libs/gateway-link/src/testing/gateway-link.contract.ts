import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EntryView } from '@parley/contracts';
import type { GatewayLink, LinkFrame, LinkReceiver } from '../gateway-link.js';

/** A link without gateways, and how a gateway comes and goes. */
export interface GatewayLinkUnderTest {
  link: GatewayLink;
  connect(gateway: string, receiver: LinkReceiver): Promise<void>;
  disconnect(gateway: string): Promise<void>;
}

/** What every link between routers and gateways does. */
export function gatewayLinkContract(name: string, open: () => Promise<GatewayLinkUnderTest>): void {
  describe(`${name} as a gateway link`, () => {
    let under: GatewayLinkUnderTest;

    beforeEach(async () => {
      under = await open();
    });

    const connect = async (gateway: string): Promise<LinkFrame[]> => {
      const frames: LinkFrame[] = [];
      await under.connect(gateway, { take: (frame) => frames.push(frame) });
      return frames;
    };

    it('hands a frame to the gateway that it names, whole, and to no other', async () => {
      const [a, b] = [await connect('gateway-a'), await connect('gateway-b')];
      await under.link.deliver('gateway-a', frameOf(1));
      await vi.waitFor(() => expect(a).toEqual([frameOf(1)]));
      expect(b).toEqual([]);
    });

    it('keeps the order of frames that were not waited for', async () => {
      const a = await connect('gateway-a');
      await Promise.all(Array.from({ length: 100 }, (_, seq) => under.link.deliver('gateway-a', frameOf(seq))));
      expect(a).toEqual(Array.from({ length: 100 }, (_, seq) => frameOf(seq)));
    });

    it('rejects what goes to a gateway that was never there', async () => {
      await expect(under.link.deliver('gateway-x', frameOf(1))).rejects.toThrow(/gateway-x/);
    });

    it('rejects what goes to a gateway that left, until it is back', async () => {
      await connect('gateway-a');
      await under.disconnect('gateway-a');
      await expect(under.link.deliver('gateway-a', frameOf(1))).rejects.toThrow(/gateway-a/);
      const back = await connect('gateway-a');
      await under.link.deliver('gateway-a', frameOf(2));
      await vi.waitFor(() => expect(back).toEqual([frameOf(2)]));
    });
  });
}

function frameOf(seq: number): LinkFrame {
  const entry = {
    kind: 'message',
    seq,
    message_id: `10${seq}`,
    conversation_id: '7',
    sender_id: '1',
    client_msg_id: null,
    sent_at: '2025-01-01T00:00:00.000Z',
    content: { type: 'text', text: `number ${seq}` },
  } as EntryView;
  const outcome = { accepted: true, message_id: `10${seq}`, seq, sent_at: entry.sent_at, repeated: false } as const;
  return {
    pushes: [{ entry, bytes: 200, session_ids: ['session-1', 'session-2'] }],
    verdicts: [{ message_id: `10${seq}`, conversation_id: '7', outcome }],
  };
}
