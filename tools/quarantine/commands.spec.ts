import { encodeRecord, ENTRIES_TOPIC, type SubmitRecord } from '@parley/contracts';
import { EmbeddedQuarantine, MessageLog, partitionOf, type RecordToAppend } from '@parley/message-log';
import { OrderedStore } from '@parley/ordered-store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { list, replay, show } from './commands.js';
import { parsePlace } from './place.js';

const MESSAGE: SubmitRecord = {
  v: 1,
  type: 'submit',
  kind: 'message',
  message_id: '900',
  conversation_id: '7',
  sender_id: '3',
  client_msg_id: '6f1c52b4-5a0e-4a4c-9b7e-2f6d8a1c0e55',
  content: { type: 'text', text: 'hello' },
};

/** Remembers what is appended. */
class ListLog extends MessageLog {
  override readonly partitions = 12;
  readonly appended: RecordToAppend[] = [];

  override append(record: RecordToAppend) {
    this.appended.push(record);
    return Promise.resolve({ epoch: 0, offset: 5_000 });
  }
}

describe('The quarantine, for people', () => {
  let folder: string;
  let store: OrderedStore;
  let quarantine: EmbeddedQuarantine;
  let log: ListLog;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quarantine-'));
    store = OrderedStore.open(folder);
    quarantine = new EmbeddedQuarantine(store);
    log = new ListLog();
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const put = (offset: number, value: Uint8Array, key = '7'): Promise<void> =>
    quarantine.add({
      topic: ENTRIES_TOPIC,
      partition: 4,
      position: { epoch: 0, offset },
      key,
      value,
      reason: 'unknown record version, type or kind',
    });

  it('lists each record with its place, its size, its key and the reason', async () => {
    await put(12, new Uint8Array(3));
    expect((await list(quarantine, 10)).lines).toEqual([
      'place   bytes  key  reason',
      '4/0/12  3      7    unknown record version, type or kind',
    ]);
  });

  it('says that it is empty', async () => {
    expect(await list(quarantine, 10)).toEqual({ ok: true, lines: ['The quarantine is empty.'] });
  });

  it('shows the bytes, and what is still wrong with them', async () => {
    await put(12, Buffer.from('{"v":2}'));
    const { lines } = await show(quarantine, parsePlace('4/0/12'));
    expect(lines).toContain('readable  no: unknown record version, type or kind');
    expect(lines.at(-1)).toMatch(/0000 {2}7b 22 76 22 3a 32 7d +\{"v":2\}$/);
  });

  it('lets no control character of a key reach the terminal', async () => {
    await put(12, new Uint8Array(1), '\u001b[2J');
    const { lines } = await show(quarantine, parsePlace('4/0/12'));
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('gives a record to the log again once it can be read, with its key and its bytes, and keeps the row', async () => {
    await put(12, encodeRecord(MESSAGE));
    const { ok, lines } = await replay(quarantine, log, parsePlace('4/0/12'));
    expect(ok).toBe(true);
    expect(lines[0]).toContain(`appended anew, at ${partitionOf('7', 12)}/0/5000`);
    expect(log.appended.map(({ key, value }) => [key, Buffer.from(value)])).toEqual([['7', encodeRecord(MESSAGE)]]);
    expect(await quarantine.list(10)).toHaveLength(1);
  });

  it.each([
    ['bytes that are still unreadable', Buffer.from('{"v":2}'), '7', 'unknown record version'],
    ['a record that is not under its conversation', encodeRecord(MESSAGE), '8', 'its key is not its conversation'],
  ])('replays nothing of %s', async (_what, value, key, reason) => {
    await put(12, value, key);
    const { ok, lines } = await replay(quarantine, log, parsePlace('4/0/12'));
    expect([ok, lines[1], log.appended]).toEqual([false, 'Nothing was appended.', []]);
    expect(lines[0]).toContain(reason);
  });

  it.each([show, (from: EmbeddedQuarantine, place: ReturnType<typeof parsePlace>) => replay(from, log, place)])(
    'says that a place is not there',
    async (command) => {
      const { ok, lines } = await command(quarantine, parsePlace('4/0/13'));
      expect([ok, lines[0]]).toEqual([false, 'Nothing is quarantined at 4/0/13. The list shows what is.']);
    },
  );
});
