import { GatewayLink, type LinkFrame } from '@parley/gateway-link';
import type { Device } from './devices.js';
import type { Random } from './random.js';
import type { Actor, Steps } from './steps.js';
import type { Witness } from './witness.js';

const GATEWAY_AWAY = 0.05;

/** What becomes of a router's frames: taken at its turn, or given up because the gateway is not there. */
export class SteppedLink extends GatewayLink {
  constructor(
    private readonly devices: readonly Device[],
    private readonly witness: Witness,
    private readonly steps: Steps,
    private readonly actor: Actor,
    private readonly random: Random,
  ) {
    super();
  }

  override async deliver(gateway: string, frame: LinkFrame): Promise<void> {
    await this.witness.sees(frame);
    await this.steps.take(this.actor, async () => {
      if (this.random.chance(GATEWAY_AWAY)) throw new Error(`${gateway} is not there`);
      for (const { entry, session_ids } of frame.pushes) {
        for (const id of session_ids) this.devices.find((device) => id.startsWith(device.prefix))?.push(id, entry);
      }
    });
  }
}
