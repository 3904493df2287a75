import { Logger } from '@nestjs/common';
import type { InboxRow, InboxStore } from '@parley/message-store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionUnderTest } from '../../test/sessions-under-test.js';
import type { Session } from '../connections/session.js';
import { SessionTable } from '../connections/session-table.js';
import type { Deliver } from '../delivery/deliver.js';
import { CompareSessions } from './compare-sessions.js';

describe('CompareSessions', () => {
  let sessions: SessionTable;
  /** Scans that wait for their rows. */
  let scans: { userId: string; answer: (rows: Partial<InboxRow>[]) => void; fail: () => void }[];
  let heeded: [sessionId: string, conversationId: string, seq: number][];
  let compare: CompareSessions;

  beforeEach(() => {
    sessions = new SessionTable();
    scans = [];
    heeded = [];
    const readInbox = (userId: string) =>
      new Promise((resolve, reject) => {
        scans.push({ userId, answer: resolve, fail: () => reject(new Error('no quorum')) });
      });
    const heed = ({ id }: Session, conversationId: string, seq: number) => heeded.push([id, conversationId, seq]);
    const inbox = { readInbox } as unknown as InboxStore;
    compare = new CompareSessions(sessions, inbox, { heed } as unknown as Deliver);
  });
  afterEach(() => void vi.restoreAllMocks());

  function open(userId: string): Session {
    const { session } = sessionUnderTest({ userId });
    sessions.add(session);
    return session;
  }
  const scanned = () => scans.map(({ userId }) => userId);

  it('tells a session how far each of its conversations has come; one that was left counts to its end', async () => {
    const session = open('1');
    compare.request(session);
    scans[0].answer([
      { conversation_id: '7', last_seq: 5, to_seq: null },
      { conversation_id: '8', last_seq: 9, to_seq: 3 },
    ]);
    await vi.waitUntil(() => heeded.length === 2);
    expect(heeded).toEqual([
      [session.id, '7', 5],
      [session.id, '8', 3],
    ]);
  });

  it('compares once more what was asked for while it ran, and no more often than that', async () => {
    const session = open('1');
    for (let times = 0; times < 5; times++) compare.request(session);
    expect(scanned()).toEqual(['1']);
    scans[0].answer([]);
    await vi.waitUntil(() => scans.length === 2);
    scans[1].answer([]);
    await turn();
    expect(scanned()).toEqual(['1', '1']);
  });

  it('compares 32 at a time, the others in the order of asking, whatever is asked for again', async () => {
    for (let user = 1; user <= 40; user++) open(String(user));
    compare.requestAll();
    expect(scans).toHaveLength(32);
    compare.requestAll();
    scans[0].answer([]);
    scans[1].answer([]);
    await vi.waitUntil(() => scans.length === 34);
    expect(scanned().slice(32)).toEqual(['33', '34']);
    // Everyone once, and those that ran when they were asked for again a second time.
    for (let next = 2; next < 40 + 32; next++) {
      await vi.waitUntil(() => scans.length > next);
      scans[next].answer([]);
    }
    await turn();
    expect(scans).toHaveLength(40 + 32);
  });

  it('tries again what could not be read, and lets the others go on meanwhile', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    const [failing, fine] = [open('1'), open('2')];
    compare.request(failing);
    scans[0].fail();
    compare.request(fine);
    scans[1].answer([{ conversation_id: '7', last_seq: 1, to_seq: null }]);
    await vi.waitUntil(() => heeded.length === 1);
    await vi.waitUntil(() => scans.length === 3, { timeout: 3_000 });
    expect(scanned()).toEqual(['1', '2', '1']);
  });

  it('reads nothing for a session that has ended', async () => {
    const session = open('1');
    session.close();
    compare.request(session);
    await turn();
    expect(scans).toEqual([]);
  });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
