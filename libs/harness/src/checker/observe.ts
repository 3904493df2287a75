import { createHash } from 'node:crypto';
import type { EntryView, MessageBatch } from '@parley/contracts';
import type { ChatClient } from '../clients/chat-client.js';
import type { ObservedDevice, ObservedEntry, ObservedSend } from './observations.js';

/** An entry as the checker reads it. */
export function observedEntry(entry: EntryView): ObservedEntry {
  return {
    conversation: entry.conversation_id,
    seq: entry.seq,
    messageId: entry.message_id,
    sender: entry.sender_id,
    key: entry.client_msg_id,
    digest: digestOf(entry.content ?? null),
  };
}

/** What a client sent, for the checker. */
export function observedSends(client: ChatClient, user: string, name: string): ObservedSend[] {
  return client.sends.operations.map(({ request, attempts, invokedAt, completedAt, answer }) => ({
    client: name,
    sender: user,
    conversation: request.conversation_id,
    key: request.client_msg_id,
    digest: digestOf(request.content),
    attempts,
    invokedAt,
    outcome: outcomeOf(answer, completedAt),
  }));
}

/** What a client showed and was sent, for the checker. */
export function observedDevice(
  client: ChatClient,
  more: Pick<ObservedDevice, 'user' | 'device' | 'since' | 'mayComeAgain'>,
): ObservedDevice {
  return {
    ...more,
    shown: client.timeline.shown.map(({ entry }) => observedEntry(entry)),
    arrivals: arrivalsOf(client),
  };
}

function outcomeOf(
  answer: ChatClient['sends']['operations'][number]['answer'],
  completedAt: number | null,
): ObservedSend['outcome'] {
  if (!answer || completedAt === null) return { result: 'unknown' };
  if (!answer.ok) return { result: 'refused', completedAt };
  return { result: 'accepted', completedAt, messageId: answer.message_id, seq: answer.seq };
}

/** Live entries and batches by connection; answers to pulls are asked for and don't count as deliveries. */
function arrivalsOf(client: ChatClient): ObservedDevice['arrivals'] {
  const connections: ObservedDevice['arrivals'] = Array.from({ length: client.connection }, () => []);
  for (const { event, payload, connection } of client.wire) {
    const entries =
      event === 'message:batch'
        ? (payload as MessageBatch).messages
        : /^(message:(new|edit|delete|react)|conversation:updated)$/.test(event)
          ? [payload as EntryView]
          : [];
    for (const entry of entries) {
      connections[connection - 1]?.push({ conversation: entry.conversation_id, seq: entry.seq });
    }
  }
  return connections;
}

/** SHA-256 over JSON with sorted field names: equal content, equal digest, whatever the order of its fields. */
export function digestOf(content: unknown): string {
  const sorted = (_name: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify(content, sorted)).digest('base64url');
}
