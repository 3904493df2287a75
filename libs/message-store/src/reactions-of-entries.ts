import type { StoredEntry, StoredReaction } from './rows.js';

/** An entry before its reactions are in it. */
export type BareEntry = Omit<StoredEntry, 'reactions'>;

/** The lowest and the highest seq among the messages of a page, the only entries that people react to. */
export function spanOfMessages(entries: readonly BareEntry[]): { from: number; to: number } | null {
  const seqs = entries.filter(({ kind }) => kind === 'message').map(({ seq }) => seq);
  const [first, last] = [seqs.at(0), seqs.at(-1)];
  return first === undefined || last === undefined ? null : { from: Math.min(first, last), to: Math.max(first, last) };
}

/** Gives each entry its reactions. Those of entries that are not in the page fall away. */
export function withReactions(
  entries: readonly BareEntry[],
  reactions: readonly (StoredReaction & { seq: number })[],
): StoredEntry[] {
  const bySeq = new Map<number, StoredReaction[]>();
  for (const { seq, ...reaction } of reactions) {
    const others = bySeq.get(seq);
    if (others) others.push(reaction);
    else bySeq.set(seq, [reaction]);
  }
  return entries.map((entry) => ({ ...entry, reactions: bySeq.get(entry.seq) ?? [] }));
}
