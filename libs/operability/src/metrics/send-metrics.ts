import type { ErrorCode } from '@parley/contracts';
import { Counter, type CounterConfiguration } from 'prom-client';
import { processRegistry } from './process-registry.js';

/** `repeated`: accepted before, under the same key. `unavailable` means that the outcome is unknown. */
export type SendOutcome = 'accepted' | 'repeated' | ErrorCode;

type Label = 'kind' | 'outcome';

const sends = new Counter<Label>({
  name: 'parley_sends_total',
  help: 'Sends over sockets and REST that were answered, by kind of entry and by outcome: accepted, repeated or the code of the refusal',
  labelNames: ['kind', 'outcome'],
  registers: [processRegistry],
} satisfies CounterConfiguration<Label>);

const children = new Map<string, Counter.Internal>();

/** Counts the answer to a send. `kind` is the kind of entry, one of a few. */
export function countSend(kind: string, outcome: SendOutcome): void {
  const key = `${kind} ${outcome}`;
  let child = children.get(key);
  if (!child) {
    child = sends.labels(kind, outcome);
    children.set(key, child);
  }
  child.inc();
}
