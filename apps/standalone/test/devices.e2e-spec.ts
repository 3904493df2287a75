import type { MessageBatch } from '@parley/contracts';
import type { ChatClient, TestUser } from '@parley/harness';
import { describe, expect, it, vi } from 'vitest';
import { range, seqsOf } from './entries.js';
import { serverUnderTest } from './server-under-test.js';

interface Device {
  device_id: string;
  name: string | null;
  platform: string | null;
  created_at: string;
  last_seen_at: string;
}

const server = serverUnderTest();

const devicesOf = async ({ api }: TestUser): Promise<Device[]> =>
  (await api.call<{ items: Device[] }>('GET', '/devices')).items;
const remove = ({ api }: TestUser, deviceId: string) => api.call('DELETE', `/devices/${deviceId}`);
const batched = (client: ChatClient): number[] =>
  seqsOf(client.received<MessageBatch>('message:batch', client.connection).flatMap(({ messages }) => messages));

function untilEnded(client: ChatClient): Promise<void> {
  const hasEnded = (): boolean => client.closings.length > 0 && !client.socket.connected;
  return client.until(hasEnded, { timeoutMs: 5_000, what: 'the end of the session' });
}

describe('Devices', () => {
  it('are known from their first connection, or their first label, on', async () => {
    const [alice] = await server.users('alice');
    await alice.online('phone');
    const label = { name: "Alice's", platform: 'android' };
    await alice.api.call('PUT', '/devices/phone', { body: label });
    await alice.api.call('PUT', '/devices/laptop');
    expect(await devicesOf(alice)).toMatchObject([
      { device_id: 'phone', ...label },
      { device_id: 'laptop', name: null, platform: null },
    ]);
    expect((await alice.online('laptop')).session?.device_is_new).toBe(true);
    expect((await alice.online('phone')).session?.device_is_new).toBe(false);
  });

  it('were seen last when they left', async () => {
    const [alice] = await server.users('alice');
    const phone = await alice.online('phone');
    const [{ last_seen_at: connectedAt }] = await devicesOf(alice);
    phone.disconnect();
    await vi.waitFor(async () => {
      const [{ last_seen_at, created_at }] = await devicesOf(alice);
      expect(Date.parse(last_seen_at)).toBeGreaterThan(Date.parse(connectedAt));
      expect(created_at).toBe(connectedAt);
    }, 5_000);
  });

  it('are limited in number over handshakes and REST, and make room when they are removed', async () => {
    const [alice] = await server.users('alice');
    for (const n of range(1, 9)) await alice.api.call('PUT', `/devices/device-${n}`);
    await alice.online('device-10');
    const { status, body } = await alice.api.request('PUT', '/devices/device-11');
    expect([status, body]).toMatchObject([409, { code: 'device_limit' }]);
    await expect(alice.online('device-11')).rejects.toThrow('device_limit');
    await remove(alice, 'device-3');
    expect((await alice.online('device-11')).session?.device_is_new).toBe(true);
  });
});

describe('A removed device', () => {
  it('loses its session within seconds, and no other device does', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const [phone, laptop, his] = [await alice.online('phone'), await alice.online('laptop'), await bob.online('phone')];
    await remove(alice, 'phone');
    await untilEnded(phone);
    expect(phone.closings).toMatchObject([{ code: 'revoked', reconnect: false }]);
    expect(phone.socket.active).toBe(false);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await Promise.all([laptop, his].map((client) => client.untilShown(id, 1)));
  });

  it('comes back as a new one, behind what the other devices have got', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    const [phone, tablet] = [await bob.online('phone'), await bob.online('tablet', { acks: 'off' })];
    for (const n of range(1, 4)) await alice.api.send(id, { type: 'text', text: `message ${n}` });
    await phone.untilAcknowledged(id, 5);
    phone.disconnect();
    await alice.api.send(id, { type: 'text', text: 'message 5' });
    await remove(bob, 'tablet');
    await untilEnded(tablet);

    const again = await bob.online('tablet');
    expect(again.session?.device_is_new).toBe(true);
    expect(batched(again)).toEqual([6]);
    expect((await bob.api.conversation(id)).delivered_seq).toBeGreaterThanOrEqual(5);
  });

  it('stays removed, however many of its connections are on their way', async () => {
    const [alice, bob] = await server.users('alice', 'bob');
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    for (let round = 0; round < 5; round++) {
      await bob.api.call('PUT', '/devices/phone');
      const racing = range(1, 4).map(() => bob.device('phone', { acks: 'off' }).connect());
      await remove(bob, 'phone');
      // Of those that looked before the removal none is left; one that looked after it has made the device anew.
      await vi.waitFor(async () => {
        const known = (await devicesOf(bob)).length;
        expect(racing.filter(({ socket }) => socket.connected)).toHaveLength(known);
      }, 8_000);
      racing.forEach((client) => client.disconnect());
      if ((await devicesOf(bob)).length > 0) await remove(bob, 'phone');
    }
    const { seq } = await alice.api.send(id, { type: 'text', text: 'after all that' });
    const last = await bob.online('phone');
    expect(last.session?.device_is_new).toBe(true);
    await last.untilShown(id, seq);
    expect(seqsOf(last.timeline.of(id))).toEqual(range(1, seq));
  });
});
