import { Injectable, Logger } from '@nestjs/common';
import { HandshakeDto, limits, rejected, validate, type Rejection } from '@parley/contracts';
import { DeviceDirectory, TokenFamilies } from '@parley/entities';
import { AccessTokens } from '@parley/tokens';
import { GatewaySettings } from './gateway-settings.js';
import type { Identity } from './session.js';

/**
 * Who connects, and from which device. Checks in this order: token, protocol, device. Every refusal is final: the client
 * has to change something before it tries again.
 */
@Injectable()
export class Authenticate {
  private readonly logger = new Logger(Authenticate.name);

  constructor(
    private readonly tokens: AccessTokens,
    private readonly families: TokenFamilies,
    private readonly devices: DeviceDirectory,
    private readonly settings: GatewaySettings,
  ) {}

  async execute(auth: unknown): Promise<{ ok: true; identity: Identity } | Rejection> {
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
    const device = await this.devices.connect({
      userId,
      deviceId: device_id,
      now: Date.now(),
      limit: this.settings.devicesPerUser,
      expiryMs: limits.DEVICE_EXPIRY_MS,
    });
    if (device === 'device_limit') return rejected('device_limit', `At most ${this.settings.devicesPerUser} devices`);
    const key = { user_id: userId, device_id, generation: device.generation };
    return { ok: true, identity: { userId, family, expiresAt, device: key, afterSeq: after_seq ?? {} } };
  }

  /** A token that is good by itself and whose login was not revoked. */
  async verify(token: unknown): ReturnType<AccessTokens['verify']> {
    const verified = await this.tokens.verify(token);
    if (!verified.ok) return verified;
    const revoked = await this.families.isRevoked(verified.family).catch((error: unknown) => {
      // Whoever holds a valid token may chat while the accounts are away.
      this.logger.warn(`revocation could not be checked: ${String(error)}`);
      return false;
    });
    return revoked ? rejected('unauthorized', 'The login was revoked') : verified;
  }
}

function fieldsOf(auth: unknown): Record<string, unknown> {
  return auth !== null && typeof auth === 'object' && !Array.isArray(auth) ? { ...auth } : {};
}
