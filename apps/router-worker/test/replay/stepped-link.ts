import { GatewayLink, type LinkFrame } from '@parley/gateway-link';
import type { Device } from './devices.js';
import type { Random } from '@parley/harness';
import type { Actor, Steps } from './steps.js';
import type { Witness } from './witness.js';

const GATEWAY_DIES = 0.05;

/** What becomes of a router's frames: each is taken at its turn, and some gateways die before they make use of it. */
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

  override async deliver(_gateway: string, frame: LinkFrame): Promise<void> {
    await this.witness.sees(frame);
    await this.steps.take(this.actor, async () => {
      // To a router it is the same as one that is given up, which would take real time: it goes on.
      if (this.random.chance(GATEWAY_DIES)) return;
      for (const { entry, session_ids } of frame.pushes) {
        for (const id of session_ids) this.devices.find((device) => id.startsWith(device.prefix))?.push(id, entry);
      }
    });
  }
}
