import { createHash } from 'node:crypto';
import type { SubmitRecord } from './log-record.js';

/**
 * SHA-256 (base64url) of what a key stands for: kind, content, target, and reply, thread and mentions or emoji and op.
 * Two attempts with one key are the same attempt when their digests are equal. Keys of custom data are sorted, so that
 * a client that builds its JSON in another order on the retry is not in conflict with itself.
 */
export function digestOf(record: SubmitRecord): string {
  const { kind } = record;
  const content = 'content' in record ? record.content : null;
  const target = 'target_id' in record ? record.target_id : null;
  return createHash('sha256')
    .update(canonical([kind, content, target, ...labelsOf(record)]))
    .digest('base64url');
}

function labelsOf(record: SubmitRecord): unknown[] {
  if (record.kind === 'react') return [record.emoji, record.op];
  return record.kind === 'message' ? [record.reply_to ?? null, record.thread_id ?? null, record.mentions ?? []] : [];
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`);
  return `{${fields.join(',')}}`;
}
