import { PendingVerdicts } from '@parley/sending';
import type { Socket } from 'socket.io';
import { describe, expect, it, vi } from 'vitest';
import { ConnectionLifecycle } from './connection-lifecycle.js';
import type { GatewaySettings } from './gateway-settings.js';
import { RevokedLately } from './revoked-lately.js';
import type { Identity } from './session.js';

describe('a session whose login is revoked while it is being opened', () => {
  it('ends as revoked, and is never told that it is ready', async () => {
    const revoked = new RevokedLately();
    const opening = {
      execute: async () => {
        // The signal comes when the handshake has looked and the session is in no table yet.
        revoked.note('family');
        return { isNew: false, inbox: [] };
      },
    };
    const sync = { execute: vi.fn(async () => undefined) };
    const departure = { execute: vi.fn(async () => undefined) };
    const lifecycle = new ConnectionLifecycle(
      opening as never,
      sync as never,
      departure as never,
      { limits: {} } as GatewaySettings,
      new PendingVerdicts('gateway'),
      revoked,
    );
    const emitted: unknown[][] = [];
    const socket = {
      emit: (...event: unknown[]) => emitted.push(event),
      disconnect: vi.fn(),
      conn: { on: () => undefined, close: () => undefined, transport: { writable: true } },
    } as unknown as Socket;
    const device = { user_id: '42', device_id: 'phone', generation: '1' };
    const identity: Identity = { userId: '42', device, family: 'family', expiresAt: 0, afterSeq: {} };
    await lifecycle.open(lifecycle.create(socket, identity));
    expect(emitted).toEqual([['session:closed', expect.objectContaining({ code: 'revoked', reconnect: false })]]);
    expect(socket.disconnect).toHaveBeenCalledWith(true);
    expect(departure.execute).toHaveBeenCalled();
  });
});
