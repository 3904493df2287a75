import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GatewayAbsent, type GatewayLink, type LinkFrame, type LinkReceiver } from '../gateway-link.js';
import { frameOf } from './sample-frame.js';

/** A link without gateways, and how a gateway comes and goes. */
export interface GatewayLinkUnderTest {
  link: GatewayLink;
  /** Names that a gateway may have on this link. */
  names: { a: string; b: string; absent: string };
  connect(gateway: string, receiver: LinkReceiver): Promise<void>;
  disconnect(gateway: string): Promise<void>;
  close(): Promise<void>;
}

/** What every link between routers and gateways does. */
export function gatewayLinkContract(name: string, open: () => Promise<GatewayLinkUnderTest>): void {
  describe(`${name} as a gateway link`, () => {
    let under: GatewayLinkUnderTest;
    let names: GatewayLinkUnderTest['names'];

    beforeEach(async () => {
      under = await open();
      ({ names } = under);
    });

    afterEach(() => under.close());

    const connect = async (gateway: string): Promise<LinkFrame[]> => {
      const frames: LinkFrame[] = [];
      await under.connect(gateway, { take: (frame) => frames.push(frame) });
      return frames;
    };

    it('hands a frame to the gateway that it names, whole, and to no other', async () => {
      const [a, b] = [await connect(names.a), await connect(names.b)];
      await under.link.deliver(names.a, frameOf(1));
      await vi.waitFor(() => expect(a).toEqual([frameOf(1)]));
      expect(b).toEqual([]);
    });

    it('keeps the order of frames that were not waited for', async () => {
      const a = await connect(names.a);
      await Promise.all(Array.from({ length: 100 }, (_, seq) => under.link.deliver(names.a, frameOf(seq))));
      expect(a).toEqual(Array.from({ length: 100 }, (_, seq) => frameOf(seq)));
    });

    it('rejects what goes to a gateway that was never there', async () => {
      const delivered = under.link.deliver(names.absent, frameOf(1));
      await expect(delivered).rejects.toThrow(names.absent);
      await expect(delivered).rejects.toBeInstanceOf(GatewayAbsent);
    });

    it('rejects what goes to a gateway that left, until it is back', async () => {
      await connect(names.a);
      await under.link.deliver(names.a, frameOf(1));
      await under.disconnect(names.a);
      await expect(under.link.deliver(names.a, frameOf(2))).rejects.toThrow(names.a);
      const back = await connect(names.a);
      await under.link.deliver(names.a, frameOf(3));
      await vi.waitFor(() => expect(back).toEqual([frameOf(3)]));
    });
  });
}
