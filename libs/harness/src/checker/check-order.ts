import { groupBy } from './grouping.js';
import type { Observations, ObservedEntry, ObservedSend, Violation } from './observations.js';

type Accepted = ObservedSend & { outcome: { result: 'accepted' } };

/** I6 to I9: the one order, and what time says about it. */
export function checkOrder({ sends, devices, conversations }: Observations): Violation[] {
  const accepted = sends.filter((send): send is Accepted => send.outcome.result === 'accepted');
  const first = accepted.filter(({ attempts }) => attempts === 1);
  return [
    ...devices.flatMap(({ device, shown }) => ascending(device, shown)),
    ...conversations.flatMap(({ history }) => ascending('history', history)),
    ...conversations.flatMap(({ conversation, history }) => dense(conversation, history)),
    ...perGroup(first, ({ client, conversation }) => `${client}/${conversation}`, firstInFirstOut),
    ...perGroup(accepted, ({ conversation }) => conversation, realTime),
  ];
}

function perGroup(sends: Accepted[], key: (send: Accepted) => string, rule: (group: Accepted[]) => Violation[]) {
  return [...groupBy(sends, key).values()].flatMap(rule);
}

function ascending(where: string, entries: ObservedEntry[]): Violation[] {
  const last = new Map<string, number>();
  return entries.flatMap(({ conversation, seq }) => {
    const before = last.get(conversation) ?? 0;
    last.set(conversation, Math.max(seq, before));
    // Twice the same is I5's affair.
    return seq >= before
      ? []
      : [{ promise: 'I6', conversation, detail: `${where}: seq ${seq} after ${before}` } as const];
  });
}

function dense(conversation: string, history: ObservedEntry[]): Violation[] {
  const seqs = new Set(history.map(({ seq }) => seq));
  const head = history.reduce((highest, { seq }) => Math.max(highest, seq), 0);
  if (seqs.size === head && history.length === head) return [];
  const detail = `history has ${history.length} entries and ${seqs.size} seqs up to ${head}`;
  return [{ promise: 'I7', conversation, detail }];
}

function firstInFirstOut(sends: Accepted[]): Violation[] {
  const inProgramOrder = sends.toSorted((a, b) => a.invokedAt - b.invokedAt);
  return inProgramOrder.flatMap((send, index) => {
    const before = inProgramOrder[index - 1];
    if (!before || before.outcome.seq < send.outcome.seq || before.invokedAt === send.invokedAt) return [];
    const detail = `${send.client}: ${before.key} was sent before ${send.key} and comes after it`;
    return [{ promise: 'I8', conversation: send.conversation, detail } as const];
  });
}

/** Sweeps over time: at each start of a send, the highest seq that was accepted before it must be lower. */
function realTime(sends: Accepted[]): Violation[] {
  const byStart = sends.toSorted((a, b) => a.invokedAt - b.invokedAt);
  const byEnd = sends.toSorted((a, b) => a.outcome.completedAt - b.outcome.completedAt);
  let ended = 0;
  let highest = 0;
  return byStart.flatMap((send) => {
    for (let end = byEnd[ended]; end && end.outcome.completedAt < send.invokedAt; end = byEnd[++ended]) {
      highest = Math.max(highest, end.outcome.seq);
    }
    if (send.outcome.seq > highest) return [];
    const detail = `${send.key} began after seq ${highest} was accepted and got ${send.outcome.seq}`;
    return [{ promise: 'I9', conversation: send.conversation, detail } as const];
  });
}
