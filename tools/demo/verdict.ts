import type { EntryView } from '@parley/contracts';

/** One claim about the walk, and whether what was received bears it out. */
export interface Claim {
  claim: string;
  holds: boolean;
}

/**
 * Judges what Bob's device showed: `before` entries were there when it went away, `texts` were accepted from then on,
 * `history` is the whole conversation as the server has it now.
 */
export function judge(walk: { shown: EntryView[]; before: number; texts: string[]; history: EntryView[] }): Claim[] {
  const { shown, before, texts, history } = walk;
  const missed = shown.slice(before).map(({ content }) => (content?.type === 'text' ? content.text : ''));
  const names = (entries: EntryView[]): string => entries.map(({ seq, message_id }) => `${seq} ${message_id}`).join();
  return [
    { claim: `Bob has all ${texts.length} messages`, holds: texts.every((text) => missed.includes(text)) },
    { claim: 'each of them once', holds: new Set(missed).size === missed.length && missed.length === texts.length },
    { claim: 'in the order in which Alice sent them', holds: missed.join() === texts.join() },
    { claim: 'without a hole in the numbering', holds: shown.every(({ seq }, index) => seq === index + 1) },
    { claim: 'and the history says the same', holds: names(history) === names(shown) },
  ];
}
