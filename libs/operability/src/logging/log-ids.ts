import { AsyncLocalStorage } from 'node:async_hooks';
import { trace } from '@opentelemetry/api';

/** What a log line is about. Ids and names of ours alone: nothing that a user typed is among them. */
export interface LogIds {
  /** Of a REST request, as its response carries it in X-Request-Id. */
  request_id?: string;
  /** Of a socket, as `session:ready` told the client. */
  session_id?: string;
  user_id?: string;
  /** The socket event that is being answered, one of the known ones. */
  event?: string;
  message_id?: string;
  conversation_id?: string;
  /** Of the log: the batch that is being worked on, and its first record. */
  partition?: number;
  offset?: number;
}

const storage = new AsyncLocalStorage<LogIds>();

/** Runs `work`; every line that it logs, and whatever it waits for logs, carries these ids beside those around it. */
export function withLogIds<T>(ids: LogIds, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...ids }, work);
}

/** Runs `work` that serves many: its lines carry no ids of whoever happened to set it off. */
export function withoutLogIds<T>(work: () => T): T {
  return storage.run({}, work);
}

/** Adds what has become known to the lines of the `withLogIds` around, and to the span that is being recorded. */
export function noteIds(ids: LogIds): void {
  const around = storage.getStore();
  if (around) Object.assign(around, ids);
  trace.getActiveSpan()?.setAttributes({ ...ids });
}

/** The ids of the lines that are logged here. */
export function logIds(): Readonly<LogIds> {
  return storage.getStore() ?? {};
}
