import type { EntryView } from '@parley/contracts';

/** The texts of the messages among some entries, in their order. */
export function textsOf(entries: readonly EntryView[]): string[] {
  return entries.flatMap(({ content }) => (content?.type === 'text' ? [content.text] : []));
}

export function seqsOf(entries: readonly EntryView[]): number[] {
  return entries.map(({ seq }) => seq);
}

/** from, from + 1, ... to. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
