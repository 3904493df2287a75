import { randomUUID } from 'node:crypto';
import { encodeRecord, ENTRIES_TOPIC } from '@parley/contracts';
import {
  ClusterProcesses,
  engineAddresses,
  RAISED_LIMITS,
  TestUser,
  type ChatClient,
  type Sent,
} from '@parley/harness';
import { partitionOf } from '@parley/message-log';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openEngineClients, type EngineClients } from './garbage/engine-clients.js';
import { runQuarantine } from './garbage/quarantine-program.js';

const WITHIN_MS = 20_000;
/** No lane is at this epoch: a row of it stands in nobody's way. */
const FAR_EPOCH = 9_999;

describe('Garbage in the log', () => {
  const addresses = engineAddresses();
  let engines: EngineClients;
  let cluster: ClusterProcesses;
  let people: TestUser[];
  let ann: ChatClient;
  let bob: ChatClient;
  let conversationId: string;
  let partition: number;

  beforeAll(async () => {
    cluster = await ClusterProcesses.start({ engines: addresses, gateways: 1, routers: 1, env: RAISED_LIMITS });
    engines = await openEngineClients(addresses);
    people = await Promise.all(['ann', 'bob'].map((name) => TestUser.register(cluster.url, name)));
    [ann, bob] = await Promise.all(people.map((person) => person.online()));
    conversationId = (await people[0].api.direct(people[1].userId)).conversation_id;
    partition = partitionOf(conversationId, engines.log.partitions);
  });
  afterAll(async () => {
    for (const person of people ?? []) person.leave();
    await engines?.close();
    await cluster?.stop();
  });

  /** Resolves to the place at which the log took it, as the tool writes it. */
  async function append(value: Uint8Array): Promise<number> {
    return (await engines.log.append({ key: conversationId, value })).offset;
  }

  async function accepted(text: string): Promise<Sent> {
    const answer = await ann.send(conversationId, text);
    if (!answer.ok) throw new Error(`"${text}" was refused: ${answer.error.code}`);
    await bob.untilShown(conversationId, answer.seq, WITHIN_MS);
    return answer;
  }

  const reasonAt = async (offset: number): Promise<string | undefined> =>
    (await engines.quarantine.find(ENTRIES_TOPIC, partition, { epoch: 0, offset }))?.reason;

  async function quarantinedByRouter(): Promise<number> {
    const metrics = await (await fetch(`${cluster.routers[0].opsUrl}/metrics`)).text();
    return Number(/^parley_quarantined_total(?:\{.*\})? (\d+)$/m.exec(metrics)?.[1] ?? 0);
  }

  /** As a message with this content would be, were it one. */
  const recordOf = (more: Record<string, unknown>): Buffer =>
    Buffer.from(
      JSON.stringify({
        v: 1,
        type: 'submit',
        kind: 'message',
        message_id: '1',
        conversation_id: conversationId,
        sender_id: people[0].userId,
        client_msg_id: randomUUID(),
        content: { type: 'text', text: 'hello' },
        ...more,
      }),
    );

  it('is put aside with its reason, counted, takes no seq, and the partition moves on', async () => {
    const before = await accepted('before');
    const counted = await quarantinedByRouter();
    const undecodable = await append(new Uint8Array([0xff, 0x00, 0xfe]));
    const wrongShape = await append(recordOf({ content: { type: 'text', text: 7 } }));
    const unknownVersion = await append(recordOf({ v: 2 }));
    const large = await append(Buffer.alloc(1_000_000, '{'));
    const foreign = await append(recordOf({ conversation_id: '1' }));

    const after = await accepted('after');

    expect(after.seq).toBe(before.seq + 1);
    expect(await reasonAt(undecodable)).toBe('not JSON in UTF-8');
    expect(await reasonAt(wrongShape)).toContain('content');
    expect(await reasonAt(unknownVersion)).toContain('version');
    expect(await reasonAt(large)).toBe('not JSON in UTF-8');
    expect(await reasonAt(foreign)).toBe('its key is not its conversation');
    expect((await quarantinedByRouter()) - counted).toBe(5);
  });

  it('is put aside once, and no seq is given twice, where the router dies right after and reads it again', async () => {
    const first = await accepted('before the deaths');
    for (let death = 1; death <= 3; death++) {
      const offset = await append(Buffer.from(`garbage ${death}`));
      await vi.waitFor(async () => expect(await reasonAt(offset)).toBe('not JSON in UTF-8'), {
        timeout: WITHIN_MS,
        interval: 5,
      });
      await cluster.routers[0].restart('SIGKILL');
      expect((await accepted(`after death ${death}`)).seq).toBe(first.seq + death);
      const places = await engines.quarantine.within(
        ENTRIES_TOPIC,
        partition,
        { epoch: 0, offset },
        { epoch: 0, offset },
      );
      expect(places).toHaveLength(1);
    }
  });

  it('is listed and shown to people, and not replayed as long as nothing can read it', async () => {
    const offset = await append(Buffer.from('{"v":2}'));
    await accepted('behind it');
    const place = `${partition}/0/${offset}`;

    const listed = await runQuarantine(['list', '--limit', '1000'], addresses);
    const shown = await runQuarantine(['show', place], addresses);
    const replayed = await runQuarantine(['replay', place], addresses);

    expect(listed).toMatchObject({ code: 0, text: expect.stringContaining(place) });
    expect(shown).toMatchObject({ code: 0, text: expect.stringContaining('{"v":2}') });
    expect(replayed).toMatchObject({ code: 1, text: expect.stringContaining('Nothing was appended') });
  });

  it('is replayed once somebody can read it, with one effect however often', async () => {
    const { message_id, seq } = await accepted('before the replay');
    // As an older router would have left it.
    const value = encodeRecord({
      v: 1,
      type: 'submit',
      kind: 'message',
      message_id: String(BigInt(message_id) + 1_000_000n),
      conversation_id: conversationId,
      sender_id: people[0].userId,
      client_msg_id: randomUUID(),
      content: { type: 'text', text: 'at last' },
    });
    const position = { epoch: FAR_EPOCH, offset: Date.now() };
    await engines.quarantine.add({
      topic: ENTRIES_TOPIC,
      partition,
      position,
      key: conversationId,
      value,
      reason: 'unknown record version, type or kind',
    });
    const place = `${partition}/${position.epoch}/${position.offset}`;

    for (let time = 0; time < 2; time++) {
      const replayed = await runQuarantine(['replay', place], addresses);
      expect(replayed).toMatchObject({ code: 0, text: expect.stringContaining('was appended anew') });
    }
    await bob.untilShown(conversationId, seq + 1, WITHIN_MS);
    const last = await accepted('after the replay');

    expect(last.seq).toBe(seq + 2);
    expect(bob.timeline.of(conversationId).at(-2)?.content).toEqual({ type: 'text', text: 'at last' });
  });

  it('says how it is used where it is not understood', async () => {
    const { code, text } = await runQuarantine(['destroy'], addresses);
    expect(code).toBe(64);
    expect(text).toContain('There is no command "destroy"');
    expect(text).toContain('npm run quarantine -- replay PLACE');
  });
});
