import type { HeadDigest, Push } from '@parley/gateway-link';

/** Session ids in the digest of one frame: some 200 KiB. */
const FRAME_SESSIONS = 5_000;
/** And in a whole digest. Beyond it, comparing every session costs the gateway no more than a list of them all. */
const MOST_SESSIONS = 50_000;

/**
 * The conversations that were pushed to one gateway lately, to remind it of where they stand: the pushes of a frame may get
 * lost after it was taken, and the last push of a conversation has no later one that shows the gap.
 */
export class RecentHeads {
  private recent = new Map<string, { last_seq: number; sessions: Set<string> }>();
  private sessionCount = 0;
  private due: HeadDigest[] = [];

  get isDue(): boolean {
    return this.due.length > 0;
  }

  /** To be called with what is in a frame, not with what is queued: a digest never runs ahead of its pushes. */
  note({ entry: { conversation_id, seq }, session_ids }: Push): void {
    if (this.sessionCount > MOST_SESSIONS) return;
    let head = this.recent.get(conversation_id);
    if (!head) this.recent.set(conversation_id, (head = { last_seq: seq, sessions: new Set() }));
    head.last_seq = Math.max(head.last_seq, seq);
    this.sessionCount -= head.sessions.size;
    for (const id of session_ids) head.sessions.add(id);
    this.sessionCount += head.sessions.size;
  }

  /** What was noted since the last call becomes due. False: it was too much, and the gateway has to compare. */
  digest(): boolean {
    // A gateway that has not had the last one yet gets all of it in the next.
    if (this.isDue) return true;
    const fits = this.sessionCount <= MOST_SESSIONS;
    const heads = fits ? [...this.recent] : [];
    this.clear();
    this.due = heads.map(([conversation_id, { last_seq, sessions }]) => ({
      conversation_id,
      last_seq,
      session_ids: [...sessions],
    }));
    return fits;
  }

  /** Of what is due, as much as goes into one frame. */
  take(): HeadDigest[] {
    let sessions = 0;
    const end = this.due.findIndex(({ session_ids }, index) => {
      sessions += session_ids.length;
      return index > 0 && sessions > FRAME_SESSIONS;
    });
    return this.due.splice(0, end === -1 ? this.due.length : end);
  }

  clear(): void {
    this.recent = new Map();
    this.sessionCount = 0;
    this.due = [];
  }
}
