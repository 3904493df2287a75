import { PendingVerdicts } from '@parley/sending';
import { InMemoryGatewayLeases } from '@parley/sessions';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { endOf, sessionUnderTest } from '../../test/sessions-under-test.js';
import { HeldLease } from '../leasing/held-lease.js';
import { ConnectionLifecycle } from './connection-lifecycle.js';
import { EndedLately } from './ended-lately.js';
import type { GatewaySettings } from './gateway-settings.js';

describe('ConnectionLifecycle', () => {
  let ended: EndedLately;
  let opening: { execute: ReturnType<typeof vi.fn<() => Promise<unknown>>> };
  let departure: { execute: ReturnType<typeof vi.fn> };

  beforeEach(() => {
    ended = new EndedLately();
    opening = { execute: vi.fn(async () => ({ isNew: false, inbox: [] })) };
    departure = { execute: vi.fn(async () => undefined) };
  });

  function lifecycle(address = '10.0.0.7:4100'): ConnectionLifecycle {
    const sync = { execute: async () => undefined };
    const lease = new HeldLease(new InMemoryGatewayLeases(), new PendingVerdicts(address));
    const settings = { limits: {} } as GatewaySettings;
    return new ConnectionLifecycle(opening as never, sync as never, departure as never, settings, ended, lease);
  }

  async function readyEvent(address: string): Promise<unknown> {
    const { session, told } = sessionUnderTest();
    await lifecycle(address).open(session);
    return told.find(({ event }) => event === 'session:ready')?.payload;
  }

  it('tells clients which gateway they are on, and not its address', async () => {
    const [one, again, other] = [await readyEvent('a:1'), await readyEvent('a:1'), await readyEvent('b:1')];
    expect(one).toMatchObject({
      user_id: '42',
      device_id: 'phone',
      gateway_id: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
    const { gateway_id } = one as { gateway_id: string };
    expect(again).toMatchObject({ gateway_id });
    expect(other).not.toMatchObject({ gateway_id });
  });

  it.each([
    ['login is revoked', 'login'],
    ['device is removed', 'first'],
  ])('ends a session whose %s while it is being opened, and never tells it that it is ready', async (_what, name) => {
    opening.execute.mockImplementation(async () => {
      // The signal comes when the handshake has looked and the session is in no table yet.
      ended.note(name);
      return { isNew: false, inbox: [] };
    });
    const opened = sessionUnderTest({ family: 'login' });
    await lifecycle().open(opened.session);
    expect(opened.told).toEqual([
      { event: 'session:closed', payload: expect.objectContaining({ code: 'revoked', reconnect: false }) },
    ]);
    expect(departure.execute).toHaveBeenCalledWith(opened.session);
  });

  it('lets a client come back whose session cannot be opened', async () => {
    opening.execute.mockRejectedValue(new Error('no quorum'));
    const opened = sessionUnderTest();
    await lifecycle().open(opened.session);
    expect(endOf(opened)).toBe('gateway_lost_lease');
    expect(departure.execute).toHaveBeenCalledWith(opened.session);
  });
});
