import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '@parley/contracts';
import type { TokenFamilies } from '@parley/entities';
import { InMemoryDeviceDirectory } from '@parley/entities/testing';
import { EmbeddedCursorStore, EmbeddedInboxStore } from '@parley/message-store';
import { OrderedStore } from '@parley/ordered-store';
import { InMemoryRememberedDevices } from '@parley/sessions';
import { ManualClock } from '@parley/snowflake/testing';
import type { AccessTokens } from '@parley/tokens';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { socketUnderTest } from '../../test/sessions-under-test.js';
import { Authenticate } from '../connections/authenticate.js';
import type { GatewaySettings } from '../connections/gateway-settings.js';
import { Session } from '../connections/session.js';
import { SessionTable } from '../connections/session-table.js';
import type { CursorWriter } from '../delivery/cursor-writer.js';
import type { SessionPlaces } from '../leasing/session-places.js';
import { OpenSession } from './open-session.js';

const ALICE = '42';
const AWAY_MS = limits.DEVICE_EXPIRY_MS;

describe('where a session stands when it is opened', () => {
  let folder: string;
  let ordered: OrderedStore;
  let inbox: EmbeddedInboxStore;
  let cursors: EmbeddedCursorStore;
  let devices: InMemoryDeviceDirectory;
  let clock: ManualClock;
  let authenticate: Authenticate;
  let openSession: OpenSession;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'open-session-'));
    ordered = OrderedStore.open(folder);
    [inbox, cursors] = [new EmbeddedInboxStore(ordered), new EmbeddedCursorStore(ordered)];
    [devices, clock] = [new InMemoryDeviceDirectory(), new ManualClock()];
    const verify = async () => ({ ok: true, userId: ALICE, family: 'login', expiresAt: Number.MAX_SAFE_INTEGER });
    authenticate = new Authenticate(
      { verify } as unknown as AccessTokens,
      { isRevoked: async () => false } as unknown as TokenFamilies,
      devices,
      new InMemoryRememberedDevices(),
      { devicesPerUser: 10 } as GatewaySettings,
      clock,
    );
    const places = { take: async () => undefined } as unknown as SessionPlaces;
    const writer = { settle: async () => true } as unknown as CursorWriter;
    openSession = new OpenSession(new SessionTable(), places, writer, cursors, inbox);
    await joinConversation('500', { last_seq: 30 });
  });
  afterEach(async () => {
    await ordered.close();
    rmSync(folder, { recursive: true });
  });

  async function joinConversation(conversation_id: string, { last_seq }: { last_seq: number }): Promise<void> {
    const activity = { last_seq, last_n: last_seq - 1, last_message_seq: last_seq, last_activity_at: 1 };
    await inbox.write([
      { user_id: ALICE, conversation_id, at: 1, joined: { from_seq: 1, floor_n: 0 } },
      { user_id: ALICE, conversation_id, at: last_seq, activity },
    ]);
  }

  async function identify(device_id = 'phone') {
    const result = await authenticate.execute({ token: 'good', protocol: limits.PROTOCOL_VERSION, device_id });
    if (!result.ok) throw new Error(result.code);
    return result.identity;
  }

  async function open(identity: Awaited<ReturnType<typeof identify>>) {
    const session = new Session(socketUnderTest(), identity);
    const { isNew } = await openSession.execute(session);
    const starts = [...session.outbound.streams.values()].map(({ sentTo }) => sentTo);
    return { isNew, starts };
  }
  const connect = async (deviceId?: string) => open(await identify(deviceId));
  const acknowledge = async (seq: number, deviceId?: string) => {
    const { device } = await identify(deviceId);
    await cursors.raise(device, new Map([['500', seq]]));
    await inbox.raiseDelivered(ALICE, new Map([['500', seq]]));
  };

  it('is the start, for the first device of all', async () => {
    expect(await connect()).toEqual({ isNew: true, starts: [0] });
    expect(await connect()).toEqual({ isNew: false, starts: [0] });
  });

  it('is its own cursor, for a device that was away for less than 30 days, whatever others have got', async () => {
    await connect();
    await acknowledge(7);
    clock.advance(AWAY_MS - 1);
    await connect('laptop');
    await acknowledge(25, 'laptop');
    expect(await connect()).toEqual({ isNew: false, starts: [7] });
  });

  it('is what some device has got, for one that was away for 30 days: it is new then', async () => {
    await connect();
    await acknowledge(7);
    clock.advance(AWAY_MS / 2);
    await connect('laptop');
    await acknowledge(25, 'laptop');
    clock.advance(AWAY_MS / 2);
    expect(await connect()).toEqual({ isNew: true, starts: [25] });
    expect(await connect('laptop')).toEqual({ isNew: false, starts: [25] });
  });

  it('is new for a device that connects after its removal, though a connection of its old life is still being opened', async () => {
    await connect();
    await acknowledge(7);
    await connect('laptop');
    await acknowledge(25, 'laptop');
    const old = await identify();
    await devices.remove(ALICE, 'phone', 0);
    expect(await open(old)).toEqual({ isNew: false, starts: [7] });
    await cursors.raise(old.device, new Map([['500', 9]]));
    expect(await connect()).toEqual({ isNew: true, starts: [25] });
  });
});
