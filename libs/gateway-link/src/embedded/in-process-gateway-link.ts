import { GatewayAbsent, GatewayLink, type LinkFrame, type LinkReceiver } from '../gateway-link.js';

/** The link where router and gateways share a process: a frame is handed over by a call. */
export class InProcessGatewayLink extends GatewayLink {
  private readonly receivers = new Map<string, LinkReceiver>();

  /** From now on frames for this gateway go to `receiver`. Two receivers under one name are a fault of composition. */
  attach(gateway: string, receiver: LinkReceiver): void {
    if (this.receivers.has(gateway)) throw new Error(`A receiver is attached to the link as ${gateway} already`);
    this.receivers.set(gateway, receiver);
  }

  /** What is delivered to this gateway later rejects. */
  detach(gateway: string): void {
    this.receivers.delete(gateway);
  }

  override async deliver(gateway: string, frame: LinkFrame): Promise<void> {
    const receiver = this.receivers.get(gateway);
    if (!receiver) throw new GatewayAbsent(gateway);
    receiver.take(frame);
  }
}
