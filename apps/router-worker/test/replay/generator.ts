import { encodeRecord, VERDICT_TO, type LogRecord, type SubmitRecord } from '@parley/contracts';
import type { RecordToAppend } from '@parley/message-log';
import { ConversationScript } from './conversation-script.js';
import { Names } from './names.js';
import type { Random } from '@parley/harness';

/** The gateways that devices stand on and verdicts go to. */
export const GATEWAYS = ['gateway-1', 'gateway-2'] as const;

/** A log as gateways, the API and a few accidents would write it, and everything that it can be about. */
export interface GeneratedLog {
  partitions: number;
  /** In the order in which they are appended. */
  records: RecordToAppend[];
  conversationIds: string[];
  userIds: string[];
  /** Every id and key that appears, accepted or not: what a comparison has to look up. */
  messageIds: string[];
  keys: { sender_id: string; client_msg_id: string }[];
}

const ACTIONS = { script: 70, retry: 13, conflict: 4, relayAgain: 5, accident: 8 };
const ACCIDENTS = ['garbage', 'garbage', 'wrong key', 'unknown version', 'wrong shape'] as const;

/** Writes 15 to 45 records about 1 to 3 conversations in 1 or 2 partitions. */
export function generateLog(seed: number, random: Random): GeneratedLog {
  const names = new Names(seed);
  const userIds = Array.from({ length: random.between(3, 6) }, () => names.user());
  const scripts = Array.from({ length: random.between(1, 3) }, () => {
    const kind = random.chance(0.25) ? 'direct' : 'group';
    return new ConversationScript(names.conversation(), kind, userIds, names, random);
  });
  const written: LogRecord[] = [];
  const records: RecordToAppend[] = [];
  const append = (record: LogRecord) => {
    written.push(record);
    records.push({ key: record.conversation_id, value: encodeRecord(record), headers: headersOf(random) });
  };
  for (const length = random.between(15, 45); records.length < length;) {
    const action = random.weighted(ACTIONS);
    if (action === 'script' || written.length === 0) {
      append(random.pick(scripts).next());
      continue;
    }
    const earlier = random.pick(written);
    switch (action) {
      case 'retry':
        if (earlier.type === 'submit') append(retryOf(earlier, names, random));
        break;
      case 'conflict':
        if (earlier.type === 'submit') append(conflictWith(earlier, names));
        break;
      case 'relayAgain':
        if (earlier.type !== 'submit') append(earlier);
        break;
      case 'accident':
        records.push({ ...accident(earlier, random), headers: headersOf(random) });
    }
  }
  const submitted = written.filter((record) => record.type === 'submit');
  return {
    partitions: random.between(1, 2),
    records,
    conversationIds: scripts.map(({ conversationId }) => conversationId),
    userIds,
    messageIds: [...new Set(written.map((record) => record.message_id))],
    keys: uniqueKeys(submitted),
  };
}

/** A client tries again: the gateway gives a new id. Now and then the log itself holds one publish twice. */
function retryOf(record: SubmitRecord, names: Names, random: Random): SubmitRecord {
  return random.chance(0.8) ? { ...record, message_id: names.message() } : record;
}

/** The same key for something else. */
function conflictWith(record: SubmitRecord, names: Names): SubmitRecord {
  const message_id = names.message();
  if (record.kind === 'delete') return { ...record, message_id, target_id: names.message() };
  if (record.kind === 'react') return { ...record, message_id, op: record.op === 'add' ? 'remove' : 'add' };
  return { ...record, message_id, content: { type: 'text', text: `other than ${record.client_msg_id}` } };
}

/** Bytes that no gateway would publish: the router must quarantine them and move on. */
function accident(earlier: LogRecord, random: Random): { key: string; value: Uint8Array } {
  const { conversation_id: key } = earlier;
  const accidents = {
    garbage: { key, value: Uint8Array.from({ length: random.between(0, 20) }, () => random.below(256)) },
    'wrong key': { key: `${key}0`, value: encodeRecord(earlier) },
    'unknown version': { key, value: Buffer.from(JSON.stringify({ ...earlier, v: 2 })) },
    'wrong shape': { key, value: Buffer.from(JSON.stringify({ ...earlier, message_id: 7, surplus: true })) },
  };
  return accidents[random.pick(ACCIDENTS)];
}

/** Where the verdict goes; some records carry no address, or one that nobody can read. */
function headersOf(random: Random): Record<string, string> {
  if (random.chance(0.1)) return random.chance(0.5) ? {} : { [VERDICT_TO]: '{' };
  return { [VERDICT_TO]: JSON.stringify({ gateway: random.pick(GATEWAYS), incarnation: '1' }) };
}

function uniqueKeys(submitted: readonly SubmitRecord[]): GeneratedLog['keys'] {
  const byText = new Map(
    submitted.map(({ sender_id, client_msg_id }) => [`${sender_id}/${client_msg_id}`, { sender_id, client_msg_id }]),
  );
  return [...byText.values()];
}
