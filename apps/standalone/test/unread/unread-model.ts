/** A conversation as its reader counts it, by the words of the protocol and nothing else. */
export class UnreadModel {
  /** By seq, from 1 on: whether it is a message. */
  private readonly isMessage: boolean[] = [];
  /** What the reader may see: intervals of membership, both ends included; the last one without an end while it lasts. */
  private readonly intervals: { from: number; to: number | null }[] = [];
  readSeq = 0;

  get head(): number {
    return this.isMessage.length;
  }

  /** The start of the present membership; null for a former member. */
  get floor(): number | null {
    const last = this.intervals.at(-1);
    return last && last.to === null ? last.from : null;
  }

  /** Entries of kind `message` above the floor, the read mark and the own last send. */
  get unread(): number {
    const from = Math.max(this.floor ?? 0, this.readSeq);
    return this.isMessage.slice(from).filter(Boolean).length;
  }

  /** The next entry of the conversation, whatever its kind. */
  add(entry: { isMessage: boolean; isOwn?: boolean }): void {
    this.isMessage.push(entry.isMessage);
    if (entry.isMessage && entry.isOwn) this.readSeq = this.head;
  }

  join(): void {
    this.add({ isMessage: false });
    this.intervals.push({ from: this.head, to: null });
  }

  leave(): void {
    this.add({ isMessage: false });
    const last = this.intervals.at(-1);
    if (last) last.to = this.head;
  }

  /** The last entry at or below `seq` that the reader may see; a lower one changes nothing. */
  read(seq: number): void {
    const visible = this.intervals.filter(({ from }) => from <= seq).map(({ to }) => Math.min(to ?? seq, seq));
    this.readSeq = Math.max(this.readSeq, ...visible);
  }
}
