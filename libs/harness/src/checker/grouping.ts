/** The values by what `key` says of each, in their order. */
export function groupBy<T>(values: Iterable<T>, key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}

/** How a send is found again among entries: its key within (conversation, sender). */
export function keyOf(one: { conversation: string; sender: string; key: string | null }): string {
  return `${one.conversation}/${one.sender}/${one.key}`;
}

export function seqOf(one: { conversation: string; seq: number }): string {
  return `${one.conversation}/${one.seq}`;
}
