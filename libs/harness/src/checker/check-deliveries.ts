import { groupBy, seqOf } from './grouping.js';
import type { Observations, ObservedConversation, ObservedDevice, Violation } from './observations.js';

type Members = ObservedConversation['members'];

/** I1 (the devices' part), I5 and I11: what each device showed and what came to it. */
export function checkDeliveries({ devices, conversations }: Observations): Violation[] {
  return devices.flatMap((device) => [
    ...conversations.flatMap((conversation) => missing(device, conversation)),
    ...leaked(device, conversations),
    ...shownTwice(device),
    ...arrivedTwice(device),
  ]);
}

function isMember(members: Members, user: string, seq: number): boolean {
  return members.some((member) => member.user === user && member.from <= seq && (member.to ?? Infinity) >= seq);
}

/** Every entry counts, not only accepted sends: what history shows to a member belongs on each of the member's devices. */
function missing(device: ObservedDevice, { conversation, history, members }: ObservedConversation): Violation[] {
  const shown = new Set(device.shown.filter((one) => one.conversation === conversation).map(({ seq }) => seq));
  const since = device.since[conversation] ?? 1;
  return history.flatMap(({ seq }) => {
    if (seq < since || shown.has(seq) || !isMember(members, device.user, seq)) return [];
    return [{ promise: 'I1', conversation, detail: `${device.device} never showed seq ${seq}` } as const];
  });
}

function leaked(device: ObservedDevice, conversations: ObservedConversation[]): Violation[] {
  const membersOf = new Map(conversations.map(({ conversation, members }) => [conversation, members] as const));
  return device.shown.flatMap(({ conversation, seq }) => {
    if (isMember(membersOf.get(conversation) ?? [], device.user, seq)) return [];
    return [{ promise: 'I11', conversation, detail: `${device.device} showed seq ${seq} to no member` } as const];
  });
}

function shownTwice(device: ObservedDevice): Violation[] {
  return repeated(device.shown).map(({ conversation, seq }) => ({
    promise: 'I5',
    conversation,
    detail: `${device.device} showed seq ${seq} twice`,
  }));
}

function arrivedTwice(device: ObservedDevice): Violation[] {
  return device.connections.flatMap(({ arrivals, cursors }) => {
    const below = arrivals.filter(({ conversation, seq }) => seq <= (cursors[conversation] ?? 0));
    return [
      ...repeated(arrivals).map(({ conversation, seq }) =>
        violation(conversation, `seq ${seq} came twice on one connection`),
      ),
      ...below.map(({ conversation, seq }) =>
        violation(conversation, `seq ${seq} came again after its acknowledgement`),
      ),
    ];
  });

  function violation(conversation: string, detail: string): Violation {
    return { promise: 'I5', conversation, detail: `${device.device}: ${detail}` };
  }
}

function repeated<T extends { conversation: string; seq: number }>(entries: T[]): T[] {
  return [...groupBy(entries, seqOf).values()].flatMap((group) => group.slice(1, 2));
}
