import { createHash } from 'node:crypto';
import type { EntryView, MessageBatch } from '@parley/contracts';
import type { ChatClient } from '../clients/chat-client.js';
import type { ConversationView } from '../clients/api-client.js';
import type {
  ObservedConnection,
  ObservedConversation,
  ObservedDevice,
  ObservedEntry,
  ObservedInbox,
  ObservedSend,
} from './observations.js';

/** An entry as the checker reads it. */
export function observedEntry(entry: EntryView): ObservedEntry {
  return {
    conversation: entry.conversation_id,
    seq: entry.seq,
    messageId: entry.message_id,
    sender: entry.sender_id,
    kind: entry.kind,
    key: entry.client_msg_id,
    digest: isAsSent(entry) ? digestOf(entry.content ?? null) : null,
  };
}

/** The content of an edit goes with the message that it changed. */
function isAsSent({ kind, content, edited_at, deleted_at }: EntryView): boolean {
  if (kind === 'edit') return content !== null;
  return kind !== 'message' || (edited_at === null && deleted_at === null);
}

/** Who was in when, as the entries of the conversation themselves say: a member sees its own joining and leaving. */
export function membersIn(entries: readonly EntryView[]): ObservedConversation['members'] {
  const members: ObservedConversation['members'] = [];
  for (const entry of entries) {
    if (entry.change === 'created') {
      members.push(...(entry.user_ids ?? []).map((user) => ({ user, from: entry.seq, to: null })));
    } else if (entry.change === 'member_joined' && entry.user_id) {
      members.push({ user: entry.user_id, from: entry.seq, to: null });
    } else if (entry.change === 'member_left' || entry.change === 'member_removed') {
      const open = members.find(({ user, to }) => user === entry.user_id && to === null);
      if (open) open.to = entry.seq;
    }
  }
  return members;
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

/** How the server was treated while a client was connected to it. */
export interface Kills {
  /** The monotonic moments at which it was killed, ascending. */
  at: readonly number[];
  /** An acknowledgement that was answered this long before a kill must survive it, in milliseconds. */
  durableAfterMs: number;
  /** When nobody promised that an answered acknowledgement survives: its gateway or the store was away. Monotonic. */
  doubtful?: readonly { from: number; to: number }[];
}

/** What a client showed and was sent, for the checker. Without kills every answered acknowledgement counts. */
export function observedDevice(
  client: ChatClient,
  more: Pick<ObservedDevice, 'user' | 'device' | 'since'>,
  kills: Kills = { at: [], durableAfterMs: 0 },
): ObservedDevice {
  const shown = client.timeline.shown.map(({ entry }) => observedEntry(entry));
  return { ...more, shown, connections: connectionsOf(client, kills) };
}

/** A list of conversations as the checker reads it. */
export function observedInbox(user: string, items: readonly ConversationView[], settled = false): ObservedInbox {
  const conversations = items.map((item) => ({
    conversation: item.conversation_id,
    lastSeq: item.last_seq,
    deliveredSeq: item.delivered_seq,
    readSeq: item.read_seq,
    unread: item.unread_count,
  }));
  return { user, settled, conversations };
}

function outcomeOf(
  answer: ChatClient['sends']['operations'][number]['answer'],
  completedAt: number | null,
): ObservedSend['outcome'] {
  if (!answer || completedAt === null) return { result: 'unknown' };
  if (!answer.ok) return { result: 'refused', completedAt };
  return { result: 'accepted', completedAt, messageId: answer.message_id, seq: answer.seq };
}

/** Live entries and batches by connection; answers to pulls are asked for and don't count. */
function connectionsOf(client: ChatClient, kills: Kills): ObservedConnection[] {
  const connections = client.connectedAt.map((_at, index): ObservedConnection => ({
    arrivals: [],
    cursors: cursorsBefore(client, index + 1, kills),
  }));
  for (const { event, payload, connection } of client.wire) {
    for (const { conversation_id, seq } of entriesOf(event, payload)) {
      connections[connection - 1]?.arrivals.push({ conversation: conversation_id, seq });
    }
  }
  return connections;
}

function entriesOf(event: string, payload: unknown): EntryView[] {
  if (event === 'message:batch') return (payload as MessageBatch).messages;
  return /^(message:(new|edit|delete|react)|conversation:updated)$/.test(event) ? [payload as EntryView] : [];
}

/** What was acknowledged on earlier connections, early enough before the kill that ended its server, if one did. */
function cursorsBefore(client: ChatClient, connection: number, kills: Kills): Record<string, number> {
  const cursors: Record<string, number> = {};
  for (const { positions, answer, answeredAt, connection: of } of client.acknowledged) {
    if (!answer?.ok || answeredAt === null || of >= connection) continue;
    if (kills.doubtful?.some(({ from, to }) => from <= answeredAt && answeredAt <= to)) continue;
    const killedAt = kills.at.find((kill) => kill > client.connectedAt[of - 1]) ?? Infinity;
    const survivedKill = answeredAt <= killedAt - kills.durableAfterMs;
    if (!survivedKill && killedAt < client.connectedAt[connection - 1]) continue;
    for (const [id, seq] of Object.entries(positions)) cursors[id] = Math.max(seq, cursors[id] ?? 0);
  }
  return cursors;
}

/** SHA-256 over JSON with sorted field names: equal content, equal digest, whatever the order of its fields. */
export function digestOf(content: unknown): string {
  const sorted = (_name: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify(content, sorted)).digest('base64url');
}
