import { EngineUnavailable } from '@parley/contracts';
import type { ContactDirectory } from '@parley/entities';
import { InMemorySignals } from '@parley/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FleetUnderTest, RegistryUnderTest } from '../../test/fleet-under-test.js';
import { GatewayUnderTest } from '../../test/gateway-under-test.js';
import type { SessionUnderTest } from '../../test/sessions-under-test.js';
import { TELL_EVERY_MS, TellTyping } from './tell-typing.js';
import { TypingReceiver } from './typing-receiver.js';

const CHAT = '7';
const typing = { conversation_id: CHAT, typing: true };
const stopped = { conversation_id: CHAT, typing: false };
const heard = ({ told }: SessionUnderTest) => told.filter(({ event }) => event === 'typing').map((one) => one.payload);

describe('TellTyping', () => {
  let fleet: FleetUnderTest;
  let signals: InMemorySignals;
  let companions: ReturnType<typeof vi.fn<ContactDirectory['companions']>>;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    fleet = new FleetUnderTest();
    signals = new InMemorySignals();
    companions = vi.fn<ContactDirectory['companions']>(async () => ['2', '3']);
  });
  afterEach(() => vi.useRealTimers());

  async function gateway(address: string): Promise<GatewayUnderTest & { tell: TellTyping }> {
    const under = new GatewayUnderTest(fleet, signals, address);
    await under.lease.keep();
    const receiver = new TypingReceiver(under.sessions, signals, under.lease);
    receiver.onApplicationBootstrap();
    const contacts = { companions } as unknown as ContactDirectory;
    const tell = new TellTyping(contacts, new RegistryUnderTest(fleet), receiver, signals, under.lease);
    const open = async (who: { userId: string; deviceId?: string }) => {
      const opened = await GatewayUnderTest.prototype.open.call(under, who);
      opened.session.outbound.open();
      return opened;
    };
    return Object.assign(under, { tell, open });
  }

  it('tells every session of the others, here and on other gateways, and no session of whoever types', async () => {
    const [here, there] = [await gateway('gateway-a:1'), await gateway('gateway-b:1')];
    const [alice, tablet] = [await here.open({ userId: '1' }), await there.open({ userId: '1', deviceId: 'tablet' })];
    const [bob, laptop] = [await here.open({ userId: '2' }), await there.open({ userId: '2', deviceId: 'laptop' })];
    const [carol, dave] = [await there.open({ userId: '3' }), await there.open({ userId: '4' })];
    const publish = vi.spyOn(signals, 'publish');
    expect(await here.tell.execute(alice.session, typing)).toEqual({ ok: true });
    const told = [{ conversation_id: CHAT, user_id: '1', typing: true }];
    expect([bob, laptop, carol].map(heard)).toEqual([told, told, told]);
    expect([alice, tablet, dave].map(heard)).toEqual([[], [], []]);
    // One signal for the two sessions over there.
    expect(publish).toHaveBeenCalledTimes(1);
  });

  it('tells nobody before session:ready, and nobody who does not read', async () => {
    const here = await gateway('gateway-a:1');
    const alice = await here.open({ userId: '1' });
    const [early, slow] = [await here.open({ userId: '2' }), await here.open({ userId: '3' })];
    early.session.outbound.isOpen = false;
    vi.spyOn(slow.session, 'backlogBytes', 'get').mockReturnValue(100_000);
    await here.tell.execute(alice.session, typing);
    expect([early, slow].flatMap(heard)).toEqual([]);
  });

  it('answers a stranger as if the conversation were not there, and tells nobody', async () => {
    const here = await gateway('gateway-a:1');
    const [mallory, bob] = [await here.open({ userId: '9' }), await here.open({ userId: '2' })];
    companions.mockResolvedValue(null);
    expect(await here.tell.execute(mallory.session, typing)).toMatchObject({ ok: false, code: 'not_found' });
    expect(heard(bob)).toEqual([]);
  });

  it('tells a burst once, answers all of it, and tells the last word when its time has come', async () => {
    const here = await gateway('gateway-a:1');
    const [alice, bob] = [await here.open({ userId: '1' }), await here.open({ userId: '2' })];
    const burst = Array.from({ length: 201 }, (_, n) => (n % 2 === 0 ? typing : stopped));
    const answers = await Promise.all([...burst, stopped].map((word) => here.tell.execute(alice.session, word)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(heard(bob)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(TELL_EVERY_MS);
    expect(heard(bob)).toMatchObject([{ typing: true }, { typing: false }]);
    expect(companions).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(10 * TELL_EVERY_MS);
    expect(heard(bob)).toHaveLength(2);
  });

  it('repeats a word that is said again after its time', async () => {
    const here = await gateway('gateway-a:1');
    const [alice, bob] = [await here.open({ userId: '1' }), await here.open({ userId: '2' })];
    await here.tell.execute(alice.session, typing);
    await vi.advanceTimersByTimeAsync(TELL_EVERY_MS);
    await here.tell.execute(alice.session, typing);
    expect(heard(bob)).toHaveLength(2);
  });

  it('asks anew before the last word of a burst: who was removed meanwhile is told nothing', async () => {
    const here = await gateway('gateway-a:1');
    const [alice, bob] = [await here.open({ userId: '1' }), await here.open({ userId: '2' })];
    await here.tell.execute(alice.session, typing);
    await here.tell.execute(alice.session, stopped);
    companions.mockResolvedValue(['3']);
    await vi.advanceTimersByTimeAsync(TELL_EVERY_MS);
    expect(heard(bob)).toMatchObject([{ typing: true }]);
  });

  it('says nothing more for a session that has ended', async () => {
    const here = await gateway('gateway-a:1');
    const [alice, bob] = [await here.open({ userId: '1' }), await here.open({ userId: '2' })];
    await here.tell.execute(alice.session, typing);
    await here.tell.execute(alice.session, stopped);
    await here.close(alice);
    await vi.advanceTimersByTimeAsync(TELL_EVERY_MS);
    expect(heard(bob)).toHaveLength(1);
  });

  it('refuses to type in more conversations at once than anybody can', async () => {
    const here = await gateway('gateway-a:1');
    const { session } = await here.open({ userId: '1' });
    const words = Array.from({ length: 200 }, (_, n) => ({ conversation_id: String(n + 1), typing: true }));
    const answers = await Promise.all(words.map((word) => here.tell.execute(session, word)));
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused).toHaveLength(180);
    expect(refused[0]).toMatchObject({ code: 'rate_limited', retryAfterMs: TELL_EVERY_MS });
    await vi.advanceTimersByTimeAsync(TELL_EVERY_MS);
    expect(await here.tell.execute(session, words[199])).toEqual({ ok: true });
  });

  it('answers all the same while the registry is away, and fails while the directory is', async () => {
    const here = await gateway('gateway-a:1');
    const { session } = await here.open({ userId: '1' });
    fleet.isAway = true;
    expect(await here.tell.execute(session, typing)).toEqual({ ok: true });
    companions.mockRejectedValue(new EngineUnavailable('postgres', 'ask', 'away'));
    await expect(here.tell.execute(session, { conversation_id: '8', typing: true })).rejects.toThrow(EngineUnavailable);
  });
});
