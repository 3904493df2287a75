import { groupBy, keyOf, seqOf } from './grouping.js';
import type { Observations, ObservedEntry, ObservedSend, Violation } from './observations.js';

/** I1 (history's part), I2, I3 and I10: what was sent, against what is shown and stored. */
export function checkOutcomes(observations: Observations): Violation[] {
  return [
    ...acceptedAreInHistory(observations),
    ...refusedAreNowhere(observations),
    ...everythingWasSent(observations),
    ...readsContainWhatWasAccepted(observations),
  ];
}

function acceptedAreInHistory({ sends, conversations }: Observations): Violation[] {
  const stored = groupBy(
    conversations.flatMap(({ history }) => history),
    keyOf,
  );
  return sends.flatMap((send): Violation[] => {
    const found = stored.get(keyOf(send)) ?? [];
    const { outcome, conversation, key } = send;
    if (found.length > 1)
      return [{ promise: 'I2', conversation, detail: `${key} is in history ${found.length} times` }];
    if (outcome.result !== 'accepted') return [];
    if (found.length === 0)
      return [{ promise: 'I1', conversation, detail: `${key} was accepted and is not in history` }];
    const same = found[0]?.seq === outcome.seq && found[0].messageId === outcome.messageId;
    return same
      ? []
      : [{ promise: 'I4', conversation, detail: `${key} was accepted under other names than history has` }];
  });
}

function refusedAreNowhere({ sends, devices, conversations }: Observations): Violation[] {
  const refused = new Map(
    sends.filter(({ outcome }) => outcome.result === 'refused').map((send) => [keyOf(send), send] as const),
  );
  return everyEntry({ devices, conversations }).flatMap((entry) =>
    entry.key !== null && refused.has(keyOf(entry))
      ? [{ promise: 'I2', conversation: entry.conversation, detail: `${entry.key} was refused and is there` } as const]
      : [],
  );
}

function everythingWasSent({ sends, devices, conversations }: Observations): Violation[] {
  const sent = new Map<string, ObservedSend>(sends.map((send) => [keyOf(send), send]));
  const unsent = new Set<string>();
  const violations: Violation[] = [];
  for (const entry of everyEntry({ devices, conversations })) {
    if (entry.key === null) continue;
    const send = sent.get(keyOf(entry));
    if (send && (entry.digest === null || send.digest === entry.digest)) continue;
    const detail = send ? `seq ${entry.seq} has another content than was sent` : `seq ${entry.seq} was never sent here`;
    if (unsent.has(seqOf(entry))) continue;
    unsent.add(seqOf(entry));
    violations.push({ promise: 'I3', conversation: entry.conversation, detail });
  }
  return violations;
}

function readsContainWhatWasAccepted({ sends, reads }: Observations): Violation[] {
  const byConversation = groupBy(sends, ({ conversation }) => conversation);
  return reads.flatMap(({ conversation, startedAt, entries }) => {
    const from = entries[0]?.seq ?? 1;
    const read = new Set(entries.map(({ messageId }) => messageId));
    return (byConversation.get(conversation) ?? []).flatMap(({ outcome, key }) => {
      if (outcome.result !== 'accepted' || outcome.completedAt >= startedAt || outcome.seq < from) return [];
      const detail = `${key} was accepted before a history was read that lacks it`;
      return read.has(outcome.messageId) ? [] : [{ promise: 'I10', conversation, detail } as const];
    });
  });
}

function everyEntry({ devices, conversations }: Pick<Observations, 'devices' | 'conversations'>): ObservedEntry[] {
  return [...conversations.flatMap(({ history }) => history), ...devices.flatMap(({ shown }) => shown)];
}
