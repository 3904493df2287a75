import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { ConsumedRecord } from '../message-log.js';

/** The lane of the topic that every conversation begins in. */
export const EPOCH = 0;
const NOTHING = new Uint8Array(0);

/**
 * Anybody may have written to the topic: a record without key or value, or with a header twice, becomes one that the
 * reader can look at and refuse. The topic's timestamps are those of the append (`message.timestamp.type`).
 */
export function consumedRecord({ key, value, headers, offset, timestamp }: KafkaMessage): ConsumedRecord {
  return {
    key: key?.toString() ?? '',
    value: value ?? NOTHING,
    headers: textsOf(headers),
    position: { epoch: EPOCH, offset: Number(offset) },
    appendedAt: Number(timestamp),
  };
}

function textsOf(headers: IHeaders = {}): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const text = (Array.isArray(value) ? value[0] : value)?.toString();
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}
