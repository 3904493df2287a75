/** Where a session stands in one conversation. All positions only rise. */
export class Stream {
  /** The highest seq that this gateway has heard of. */
  wanted: number;
  /** The highest seq that the client may acknowledge: 0 until something was sent on this connection. */
  acknowledgeable = 0;
  acknowledged = 0;
  /** Its part of the sync is not through yet: live entries wait behind it. */
  isSyncing = false;
  /** Entries are on their way from the store: a push only raises `wanted`. */
  isReading = false;
  /** The deletion of the conversation was sent: nothing comes after it. */
  isOver = false;

  constructor(
    readonly conversationId: string,
    /** Everything visible up to here was sent, or was with the client before. */
    public sentTo: number,
  ) {
    this.wanted = sentTo;
  }

  get isBehind(): boolean {
    return this.sentTo < this.wanted;
  }
}
