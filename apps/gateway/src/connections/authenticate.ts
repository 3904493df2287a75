import { Injectable, Logger } from '@nestjs/common';
import {
  answeredWithin,
  EngineUnavailable,
  HandshakeDto,
  limits,
  rejected,
  validate,
  type Rejection,
} from '@parley/contracts';
import { DeviceDirectory, TokenFamilies } from '@parley/entities';
import { RememberedDevices } from '@parley/sessions';
import { Clock } from '@parley/snowflake';
import { AccessTokens } from '@parley/tokens';
import { GatewaySettings } from './gateway-settings.js';
import type { Identity } from './session.js';

/** A database that hangs delays a handshake, or a refresh, by no more than this. */
const ASK_WITHIN_MS = 2_000;

/**
 * Who connects, and from which device. Checks in this order: token, protocol, device. Every refusal is final: the client
 * has to change something before it tries again.
 *
 * Whoever holds a valid token may chat while PostgreSQL is away: logins count as not revoked then (they are looked up
 * again every minute), and a device goes on with the generation that is remembered. A device that nobody remembers cannot
 * connect: `execute` throws EngineUnavailable, and clients come back by themselves.
 */
@Injectable()
export class Authenticate {
  private readonly logger = new Logger(Authenticate.name);

  constructor(
    private readonly tokens: AccessTokens,
    private readonly families: TokenFamilies,
    private readonly devices: DeviceDirectory,
    private readonly remembered: RememberedDevices,
    private readonly settings: GatewaySettings,
    private readonly clock: Clock,
  ) {}

  async execute(auth: unknown): Promise<{ ok: true; identity: Identity } | Rejection> {
    const deadline = performance.now() + ASK_WITHIN_MS;
    const { token, protocol, ...rest } = fieldsOf(auth);
    const verified = await this.verify(token);
    if (!verified.ok) return verified;
    if (protocol !== limits.PROTOCOL_VERSION) {
      return rejected('unsupported_protocol', `protocol must be ${limits.PROTOCOL_VERSION}`);
    }
    const handshake = validate(HandshakeDto, rest);
    if (!handshake.ok) return handshake;
    const { device_id, after_seq } = handshake.value;
    const { userId, family, expiresAt } = verified;
    const generation = await this.connect(userId, device_id, deadline);
    if (generation === null) return rejected('device_limit', `At most ${this.settings.devicesPerUser} devices`);
    const device = { user_id: userId, device_id, generation };
    return { ok: true, identity: { userId, family, expiresAt, device, afterSeq: after_seq ?? {} } };
  }

  /** A token that is good by itself and whose login was not revoked. */
  async verify(token: unknown): ReturnType<AccessTokens['verify']> {
    const verified = await this.tokens.verify(token);
    if (!verified.ok) return verified;
    const asked = { engine: 'postgres', operation: 'find a login' } as const;
    const revoked = await answeredWithin(ASK_WITHIN_MS, asked, () => this.families.isRevoked(verified.family)).catch(
      (error: unknown) => {
        this.logger.warn(`revocation could not be checked: ${String(error)}`);
        return false;
      },
    );
    return revoked ? rejected('unauthorized', 'The login was revoked') : verified;
  }

  /** The device's generation; null at the limit of devices. */
  private async connect(userId: string, deviceId: string, deadline: number): Promise<string | null> {
    const { devicesPerUser: limit } = this.settings;
    const asked = { engine: 'postgres', operation: 'connect a device' } as const;
    const connect = { userId, deviceId, now: this.clock.wallMs(), limit, expiryMs: limits.DEVICE_EXPIRY_MS };
    try {
      const device = await answeredWithin(deadline - performance.now(), asked, () => this.devices.connect(connect));
      if (device === 'device_limit') return null;
      this.remember(userId, deviceId, device.generation);
      return device.generation;
    } catch (error) {
      const known = error instanceof EngineUnavailable ? await this.remembered.recall(userId, deviceId) : null;
      if (known === null) throw error;
      return known;
    }
  }

  /** At best: the handshake does not wait for it. */
  private remember(userId: string, deviceId: string, generation: string): void {
    this.remembered.remember(userId, deviceId, generation).catch((error: unknown) => {
      this.logger.debug(`device ${deviceId} is not remembered: ${String(error)}`);
    });
  }
}

function fieldsOf(auth: unknown): Record<string, unknown> {
  return auth !== null && typeof auth === 'object' && !Array.isArray(auth) ? { ...auth } : {};
}
