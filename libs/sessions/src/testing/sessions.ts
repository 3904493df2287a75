import type { GatewayLease } from '../gateway-leases.js';
import type { SessionAddress } from '../session-registry.js';

let sessions = 0;

/** A session of its own, on the first incarnation of `gateway-a`. The later ones connected later. */
export function session(userId: string, deviceId: string, more: Partial<SessionAddress> = {}): SessionAddress {
  sessions += 1;
  return {
    user_id: userId,
    device_id: deviceId,
    gateway: 'gateway-a',
    incarnation: 'first',
    session_id: `session-${String(sessions).padStart(5, '0')}`,
    connected_at: Date.UTC(2026, 0, 1) + sessions,
    ...more,
  };
}

export function leaseOf(gateway: string, incarnation = 'first'): GatewayLease {
  return { gateway, incarnation };
}
