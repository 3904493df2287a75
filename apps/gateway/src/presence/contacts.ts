import { Injectable } from '@nestjs/common';
import { answeredWithin, limits } from '@parley/contracts';
import { ContactDirectory } from '@parley/entities';
import type { Session } from '../connections/session.js';

const ASK_WITHIN_MS = 2_000;
/** Pairs in one question. */
const AT_ONCE = 2_000;

type Watch = readonly [session: Session, userId: string];

/**
 * Who may see whose presence, asked anew at every use: nothing is kept, so a removal or a block holds for the very next
 * change that would be shown. Rejects with EngineUnavailable where the directory does not answer within 2 s.
 */
@Injectable()
export class Contacts {
  constructor(private readonly directory: ContactDirectory) {}

  /** Resolves to a test that holds for these watches only; for others it says no. */
  async among(watches: readonly Watch[]): Promise<(...watch: Watch) => boolean> {
    const seen = new Set<string>();
    for (let from = 0; from < watches.length; from += AT_ONCE) {
      const pairs = new Map(watches.slice(from, from + AT_ONCE).map((watch) => [keyOf(watch), pairOf(watch)]));
      const asked = { engine: 'postgres', operation: 'find who may see whom' } as const;
      const contacts = await answeredWithin(ASK_WITHIN_MS, asked, () =>
        this.directory.contactsAmong([...pairs.values()], limits.SMALL_GROUP_MEMBERS),
      );
      for (const { userId, otherId } of contacts) seen.add(`${userId}/${otherId}`);
    }
    return (...watch) => seen.has(keyOf(watch));
  }
}

function pairOf([session, otherId]: Watch) {
  return { userId: session.identity.userId, otherId };
}

function keyOf([session, userId]: Watch): string {
  return `${session.identity.userId}/${userId}`;
}
