import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedSends, check } from './check.js';
import type { Observations, ObservedDevice, ObservedEntry, ObservedInbox, ObservedSend } from './observations.js';

const MEMBERS = ['ann', 'bob', 'cid'];
const CONVERSATIONS = ['11', '12'];
const SENDS_EACH = 12;
const SENDS_AT_ONCE = 4;

/** An entry as an accepted send leaves it. */
function entryOf(send: ObservedSend): ObservedEntry {
  const { conversation, sender, key, digest, outcome } = send;
  if (outcome.result !== 'accepted') throw new Error('only accepted sends have an entry');
  return { conversation, sender, kind: 'message', key, digest, seq: outcome.seq, messageId: outcome.messageId };
}

/** Four sends at a time are under way in each conversation; each has its own client. */
function sendsIn(conversation: string): ObservedSend[] {
  return Array.from({ length: SENDS_EACH }, (_, index) => {
    const round = Math.floor(index / SENDS_AT_ONCE) * 100;
    const sender = MEMBERS[index % MEMBERS.length] ?? '';
    return {
      client: `${sender}-${index % SENDS_AT_ONCE}`,
      sender,
      conversation,
      key: `key-${index}`,
      digest: `digest-${conversation}-${index}`,
      attempts: 1,
      invokedAt: round + (index % SENDS_AT_ONCE),
      outcome: {
        result: 'accepted',
        completedAt: round + 50 + (index % SENDS_AT_ONCE),
        messageId: `${conversation}000${index}`,
        seq: index + 2,
      },
    };
  });
}

function created(conversation: string): ObservedEntry {
  const messageId = `${conversation}9`;
  return { conversation, seq: 1, messageId, sender: 'ann', kind: 'update', key: null, digest: 'none' };
}

function arrival({ conversation, seq }: ObservedEntry): { conversation: string; seq: number } {
  return { conversation, seq };
}

/** A run in which every promise was kept: two devices a member, dan is in neither conversation. */
function flawless(): Observations {
  const sends = CONVERSATIONS.flatMap(sendsIn);
  const conversations = CONVERSATIONS.map((conversation) => ({
    conversation,
    history: [created(conversation), ...sends.filter((send) => send.conversation === conversation).map(entryOf)],
    members: MEMBERS.map((user) => ({ user, from: 1, to: null })),
  }));
  const all = conversations.flatMap(({ history }) => history);
  const device = (user: string, name: string): ObservedDevice => ({
    device: `${user}-${name}`,
    user,
    shown: all.map((entry) => ({ ...entry })),
    connections: [
      { arrivals: all.slice(0, 9).map(arrival), cursors: {} },
      { arrivals: all.slice(7).map(arrival), cursors: { '11': 7 } },
    ],
    since: {},
  });
  const devices = MEMBERS.flatMap((user) => [device(user, 'phone'), device(user, 'laptop')]);
  devices.push({ ...device('dan', 'phone'), shown: [], connections: [] });
  const [{ conversation, history } = { conversation: '', history: [] }] = conversations;
  return {
    sends,
    devices,
    conversations,
    reads: [{ conversation, startedAt: 160, entries: history.slice(0, 9) }],
    inboxes: [inboxAt(conversation, 6, false), inboxAt(conversation, history.length, true)],
  };
}

/** Bob's list when the conversation had come to `lastSeq`, all of it delivered: seqs 3, 6, 9 and 12 are his own sends. */
function inboxAt(conversation: string, lastSeq: number, settled: boolean): ObservedInbox {
  const ownLast = Math.floor(lastSeq / 3) * 3;
  const marks = { lastSeq, deliveredSeq: lastSeq, readSeq: ownLast, unread: lastSeq - ownLast };
  return { user: 'bob', settled, conversations: [{ conversation, ...marks }] };
}

/** Breaks a run at a place chosen by `pick`, and says which promise the checker must name. */
type Mutation = (run: Observations, pick: <T>(from: readonly T[]) => T) => string;

const acceptedOf = (run: Observations): ObservedSend[] =>
  run.sends.filter(({ outcome }) => outcome.result === 'accepted');
const devicesOf = (run: Observations): ObservedDevice[] => run.devices.filter(({ shown }) => shown.length > 0);
const remove = <T>(list: T[], value: T): void => void list.splice(list.indexOf(value), 1);

const MUTATIONS: Record<string, Mutation> = {
  'an entry lost on a device': (run, pick) => {
    const { shown } = pick(devicesOf(run));
    remove(shown, pick(shown));
    return 'I1';
  },
  'an accepted send lost in history': (run, pick) => {
    const { history } = pick(run.conversations);
    remove(history, pick(history.slice(1)));
    return 'I1';
  },
  'a hole in history below its head': (run, pick) => {
    const { history } = pick(run.conversations);
    remove(history, pick(history.slice(1, -1)));
    return 'I7';
  },
  'two entries swapped on a device': (run, pick) => {
    const { shown } = pick(devicesOf(run));
    const at = pick([...shown.keys()].filter((index) => shown[index]?.conversation === shown[index + 1]?.conversation));
    shown.splice(at, 2, ...shown.slice(at, at + 2).toReversed());
    return 'I6';
  },
  'an entry shown twice': (run, pick) => {
    const { shown } = pick(devicesOf(run));
    const entry = pick(shown);
    shown.splice(shown.indexOf(entry), 0, entry);
    return 'I5';
  },
  'an entry that came twice on one connection': (run, pick) => {
    const { arrivals } = pick(pick(devicesOf(run)).connections);
    arrivals.push(pick(arrivals));
    return 'I5';
  },
  'an entry that came again after its acknowledgement was durable': (run, pick) => {
    const [, { arrivals, cursors }] = pick(devicesOf(run)).connections;
    const { conversation, seq } = pick(arrivals);
    cursors[conversation] = seq;
    return 'I5';
  },
  'an entry leaked to a stranger': (run, pick) => {
    run.devices.find(({ user }) => user === 'dan')?.shown.push(entryOf(pick(run.sends)));
    return 'I11';
  },
  'an entry leaked after a member left': (run, pick) => {
    const conversation = pick(run.conversations);
    const member = pick(conversation.members);
    member.to = pick([1, 2, 3]);
    return 'I11';
  },
  'one key with two entries': (run, pick) => {
    const { history } = pick(run.conversations);
    const first = pick(history.slice(1));
    history.push({ ...first, seq: history.length + 1, messageId: '777' });
    return 'I4';
  },
  'one message id in two conversations': (run) => {
    const [one, other] = run.conversations.map(({ history }) => history[2]);
    if (one && other) other.messageId = one.messageId;
    return 'I4';
  },
  'a retry that was answered with another seq': (run, pick) => {
    const send = pick(acceptedOf(run));
    const outcome = send.outcome as { seq: number };
    run.sends.push({
      ...send,
      attempts: 2,
      outcome: { ...send.outcome, seq: outcome.seq + 40 } as typeof send.outcome,
    });
    return 'I4';
  },
  'a refused send that is shown': (run, pick) => {
    pick(run.sends).outcome = { result: 'refused', completedAt: 500 };
    return 'I2';
  },
  'a send with unknown outcome stored twice': (run, pick) => {
    const { history } = pick(run.conversations);
    const entry = pick(history.slice(1));
    const send = run.sends.find(({ conversation, key }) => conversation === entry.conversation && key === entry.key);
    if (send) send.outcome = { result: 'unknown' };
    history.push({ ...entry, seq: history.length + 1, messageId: '778' });
    return 'I2';
  },
  'an entry that nobody sent': (run, pick) => {
    remove(run.sends, pick(run.sends));
    return 'I3';
  },
  'another content than was sent': (run, pick) => {
    pick(pick(devicesOf(run)).shown.filter(({ key }) => key !== null)).digest = 'forged';
    return 'I3';
  },
  'two sends of one client in the wrong order': (run, pick) => {
    const [first, second] = run.sends.slice(0, 2);
    if (!first || !second) throw new Error('too few sends');
    first.client = second.client = pick(MEMBERS);
    [first.invokedAt, second.invokedAt] = [second.invokedAt, first.invokedAt];
    return 'I8';
  },
  'a send accepted before another began, sequenced after it': (run, pick) => {
    const late = pick(run.sends.filter(({ invokedAt }) => invokedAt >= 100));
    late.invokedAt = -20;
    late.outcome = { ...late.outcome, completedAt: -10 } as typeof late.outcome;
    return 'I9';
  },
  'a mark that falls': (run, pick) => {
    const [marks] = pick(run.inboxes.slice(0, 1)).conversations;
    marks[pick(['lastSeq', 'deliveredSeq', 'readSeq'] as const)] += 100;
    return 'I12';
  },
  'a negative count of what is unread': (run, pick) => {
    pick(run.inboxes).conversations[0].unread = -1;
    return 'I12';
  },
  'a wrong count of what is unread, at the end': (run) => {
    const [marks] = run.inboxes[1].conversations;
    marks.unread += 1;
    return 'I12';
  },
  'a history read that lacks what was accepted before': (run, pick) => {
    for (const read of run.reads) remove(read.entries, pick(read.entries.slice(1)));
    return 'I10';
  },
};

describe('check', () => {
  it('finds nothing in a run that kept every promise', () => {
    const run = flawless();
    expect(check(run)).toEqual([]);
    expect(acceptedSends(run)).toBe(CONVERSATIONS.length * SENDS_EACH);
  });

  it('allows a device to come late, a refused send that is nowhere and one unknown outcome', () => {
    const run = flawless();
    const [device] = run.devices;
    device.since = { '11': 4 };
    device.shown = device.shown.filter(({ conversation, seq }) => conversation === '12' || seq >= 4);
    run.sends.push({ ...run.sends[0], key: 'refused', outcome: { result: 'refused', completedAt: 1 } });
    run.sends.push({ ...run.sends[0], key: 'unknown', outcome: { result: 'unknown' } });
    run.sends[3].outcome = { result: 'unknown' };
    expect(check(run)).toEqual([]);
  });

  it('takes what was changed since for what was sent, and counts messages alone as unread', () => {
    const run = flawless();
    const [{ history }] = run.conversations;
    history[1].digest = null;
    const edit = { ...history[2], kind: 'edit' as const, key: 'edit', seq: history.length + 1, messageId: '779' };
    run.sends.push({ ...run.sends[1], key: 'edit', digest: String(edit.digest), outcome: { result: 'unknown' } });
    history.push(edit);
    for (const { user, shown } of run.devices) if (MEMBERS.includes(user)) shown.push(edit);
    expect(check(run)).toEqual([]);
  });

  it.each(Object.entries(MUTATIONS))('flags %s, wherever it happens', (_name, mutate) => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (choices) => {
        const run = flawless();
        const promise = mutate(run, (from) => {
          const [value] = from.slice(Number(choices.next().value) % from.length);
          return value;
        });
        expect(check(run).map((violation) => violation.promise)).toContain(promise);
      }),
      { numRuns: 60 },
    );
  });
});
