import {
  BlockRecordDto,
  ChangeRecordDto,
  DeleteRecordDto,
  EditRecordDto,
  MessageRecordDto,
  ReactRecordDto,
  type LogRecord,
} from './log-record.js';
import { validate } from './validate.js';

/** Larger records are at fault themselves: nobody of ours publishes one. */
const MAX_RECORD_BYTES = 1_048_576;

/** The bytes of a record in the log: compact JSON in UTF-8. */
export function encodeRecord(record: LogRecord): Buffer {
  return Buffer.from(JSON.stringify(record), 'utf8');
}

/**
 * Reads a record's bytes back, with the same checks that the gateways apply before they publish. Returns the reason
 * where the bytes are at fault: undecodable, unknown version or kind, wrong shape. Such a record is quarantined.
 */
export function decodeRecord(bytes: Uint8Array): { ok: true; value: LogRecord } | { ok: false; reason: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { ok: false, reason: 'not JSON in UTF-8' };
  }
  const dto = dtoOf(parsed);
  if (!dto) return { ok: false, reason: 'unknown record version, type or kind' };
  const checked = validate<LogRecord>(dto, parsed);
  return checked.ok ? checked : { ok: false, reason: checked.message };
}

/**
 * What a router makes of a record of the log: its bytes decoded, where they are, and its size and its key (the
 * conversation) are right too. The reason names what is at fault otherwise.
 */
export function readRecord(key: string, bytes: Uint8Array): ReturnType<typeof decodeRecord> {
  if (bytes.byteLength > MAX_RECORD_BYTES) return { ok: false, reason: 'too large' };
  const decoded = decodeRecord(bytes);
  if (decoded.ok && decoded.value.conversation_id !== key) {
    return { ok: false, reason: 'its key is not its conversation' };
  }
  return decoded;
}

function dtoOf(parsed: unknown): (new () => LogRecord) | null {
  if (parsed === null || typeof parsed !== 'object') return null;
  const { v, type, kind } = parsed as Record<string, unknown>;
  if (v !== 1) return null;
  if (type === 'change') return ChangeRecordDto;
  if (type === 'block') return BlockRecordDto;
  if (type !== 'submit') return null;
  if (kind === 'message') return MessageRecordDto;
  if (kind === 'edit') return EditRecordDto;
  if (kind === 'delete') return DeleteRecordDto;
  return kind === 'react' ? ReactRecordDto : null;
}
