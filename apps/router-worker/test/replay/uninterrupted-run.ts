import type { EntryView } from '@parley/contracts';
import { GatewayLink, type LinkFrame } from '@parley/gateway-link';
import { SessionRegistry, type Reclaimed, type SessionAddress } from '@parley/sessions';
import type { RowStores } from './engines.js';
import type { GeneratedLog } from './generator.js';
import { makeRouter } from './router.js';
import { readRows, type Rows } from './rows.js';
import type { WrittenLog } from './written-log.js';

/** What one healthy router makes of a log that it reads once from the start: what every other run must come to. */
export interface Expected {
  rows: Rows;
  /** By (conversation, seq): the entry as it was pushed, and to whom. Who is pushed an entry is who may see it. */
  entries: Map<string, { view: EntryView; userIds: ReadonlySet<string> }>;
  /** By record: the JSON of the outcomes, several where the log holds one publish several times. */
  verdicts: Map<string, string[]>;
}

export function placeOf(conversationId: string, seq: number): string {
  return `${conversationId}/${seq}`;
}

export async function runUninterrupted(stores: RowStores, log: GeneratedLog, written: WrittenLog): Promise<Expected> {
  const link = new RecordingLink();
  const router = makeRouter({ ...stores, registry: new EverybodyOnline(), link });
  for (const [partition, end] of written.ends.entries()) {
    if (end === 0) continue;
    const records = await written.source.read(partition, 0, end, 0);
    await router.execute({ topic: written.topic, partition, records, assignment: { partition, revoked: false } });
  }
  return { rows: await readRows(stores, log, written), entries: link.entries, verdicts: link.verdicts };
}

/** A session per user, on one gateway, named like the user. */
class EverybodyOnline extends SessionRegistry {
  override async register(): Promise<null> {
    return null;
  }

  override async remove(): Promise<boolean> {
    return false;
  }

  override async restate(): Promise<boolean> {
    return false;
  }

  override async reclaim(): Promise<Reclaimed> {
    return { lost: [], replaced: [] };
  }

  override async sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>> {
    const session = { device_id: 'device', gateway: 'gateway', incarnation: '1', connected_at: 0 };
    return new Map(userIds.map((user_id) => [user_id, [{ ...session, user_id, session_id: user_id }]]));
  }
}

class RecordingLink extends GatewayLink {
  readonly entries: Expected['entries'] = new Map();
  readonly verdicts: Expected['verdicts'] = new Map();

  override async deliver(_gateway: string, { pushes, verdicts }: LinkFrame): Promise<void> {
    for (const { entry, session_ids } of pushes) {
      this.entries.set(placeOf(entry.conversation_id, entry.seq), { view: entry, userIds: new Set(session_ids) });
    }
    for (const { message_id, outcome } of verdicts) {
      this.verdicts.set(message_id, [...(this.verdicts.get(message_id) ?? []), JSON.stringify(outcome)]);
    }
  }
}
