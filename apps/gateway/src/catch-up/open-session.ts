import { Injectable } from '@nestjs/common';
import { CursorStore, InboxStore, type InboxRow } from '@parley/message-store';
import type { Session } from '../connections/session.js';
import { SessionTable } from '../connections/session-table.js';
import { CursorWriter } from '../delivery/cursor-writer.js';
import { SessionPlaces } from '../leasing/session-places.js';

/**
 * Puts a session in its place and finds where it stands. The order is what makes it safe: first register, then compare
 * inbox and cursors. An entry that is stored before the comparison is in the inbox; one that is stored after it finds the
 * registered session. One that cannot be registered now is compared again when it is.
 */
@Injectable()
export class OpenSession {
  constructor(
    private readonly sessions: SessionTable,
    private readonly places: SessionPlaces,
    private readonly cursorWriter: CursorWriter,
    private readonly cursors: CursorStore,
    private readonly inbox: InboxStore,
  ) {}

  /** Resolves to whether the device is new. Afterwards every conversation's stream knows its position. */
  async execute(session: Session): Promise<{ isNew: boolean; inbox: InboxRow[] }> {
    this.sessions.add(session);
    await this.places.take(session);
    // What the older connection acknowledged last may still be on its way to the store.
    await this.cursorWriter.settle(session.identity.device);
    const { device, userId, afterSeq } = session.identity;
    const [known, inbox] = await Promise.all([this.cursors.readCursors(device), this.inbox.readInbox(userId)]);
    const cursors = known ?? startOf(inbox);
    if (!known) await this.cursors.initialise(device, cursors);
    const { outbound } = session;
    for (const { conversation_id: id, to_seq, last_seq } of inbox) {
      const head = to_seq ?? last_seq;
      // A cursor may be a moment ahead of the inbox; what a client claims may be anything.
      const held = Math.max(cursors.get(id) ?? 0, Math.min(afterSeq[id] ?? 0, head));
      const stream = outbound.streamOf(id, held);
      stream.wanted = Math.max(head, held);
    }
    return { isNew: !known, inbox };
  }
}

/** A device that was never seen starts where the user's other devices have come to. */
function startOf(inbox: readonly InboxRow[]): Map<string, number> {
  return new Map(inbox.map((row) => [row.conversation_id, row.delivered_seq]));
}
