import { ENTRIES_TOPIC, readRecord } from '@parley/contracts';
import { partitionOf, type MessageLog, type Quarantine, type QuarantinedRecord } from '@parley/message-log';
import { formatPlace, type Place } from './place.js';

/** Of a record's bytes. */
const SHOWN_BYTES = 2_000;
const BYTES_A_LINE = 16;

/** What a command says, and whether it did what it was asked for. */
export interface Said {
  ok: boolean;
  lines: string[];
}

export async function list(quarantine: Quarantine, limit: number): Promise<Said> {
  const records = await quarantine.list(limit);
  if (records.length === 0) return { ok: true, lines: ['The quarantine is empty.'] };
  const rows = records.map((record) => [
    formatPlace(record),
    String(record.value.byteLength),
    printable(record.key),
    record.reason,
  ]);
  const table = [['place', 'bytes', 'key', 'reason'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column].length)));
  return { ok: true, lines: table.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')) };
}

export async function show(quarantine: Quarantine, place: Place): Promise<Said> {
  const record = await find(quarantine, place);
  if (!record) return absent(place);
  const { topic, key, value, reason } = record;
  const read = readRecord(key, value);
  return {
    ok: true,
    lines: [
      `topic     ${topic}`,
      `place     ${formatPlace(place)}`,
      `key       ${printable(key)}`,
      `reason    ${reason}`,
      `readable  ${read.ok ? 'yes, by now: replay gives it to the log again' : `no: ${read.reason}`}`,
      `bytes     ${value.byteLength}${value.byteLength > SHOWN_BYTES ? `, the first ${SHOWN_BYTES} of them:` : ':'}`,
      ...dump(value.subarray(0, SHOWN_BYTES)),
    ],
  };
}

/**
 * Appends the record to the log anew, where it can be read now: with its key and its bytes, without an address for a
 * verdict, since nobody waits for it any more. It stays in the quarantine, because there it is the verdict on its old
 * place whenever that part of the log is read again.
 */
export async function replay(quarantine: Quarantine, log: MessageLog, place: Place): Promise<Said> {
  const record = await find(quarantine, place);
  if (!record) return absent(place);
  const { key, value } = record;
  const read = readRecord(key, value);
  if (!read.ok) {
    const still = `The record at ${formatPlace(place)} still cannot be read: ${read.reason}.`;
    return { ok: false, lines: [still, 'Nothing was appended.'] };
  }
  const position = await log.append({ key, value });
  const anew = formatPlace({ partition: partitionOf(key, log.partitions), position });
  return {
    ok: true,
    lines: [
      `The record at ${formatPlace(place)} was appended anew, at ${anew}, and takes its place in the order there.`,
      'The routers judge it like any other; had its effect been there already, it has none now.',
      `The old row stays in the quarantine.`,
    ],
  };
}

function find(quarantine: Quarantine, { partition, position }: Place): Promise<QuarantinedRecord | null> {
  return quarantine.find(ENTRIES_TOPIC, partition, position);
}

function absent(place: Place): Said {
  return { ok: false, lines: [`Nothing is quarantined at ${formatPlace(place)}. The list shows what is.`] };
}

/** The key comes from whoever wrote the record: no control character of it reaches a terminal. */
function printable(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}

/** Offset, bytes and what of them is plain text, line by line. */
function dump(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += BYTES_A_LINE) {
    const some = [...bytes.subarray(at, at + BYTES_A_LINE)];
    const hex = some.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = some.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`  ${at.toString(16).padStart(4, '0')}  ${hex.padEnd(3 * BYTES_A_LINE)} ${text}`);
  }
  return lines;
}
