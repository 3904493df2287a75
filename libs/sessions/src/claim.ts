import type { SessionAddress } from './session-registry.js';

/** Who holds a place that a session reclaims, and whether it counts: its lease lives. */
export interface Holder {
  session: SessionAddress;
  lives: boolean;
}

/** `lost`: the place stays as it is. Otherwise the claimant takes it, and `replaces` may have to be ended. */
export type Claim = { lost: true } | { lost: false; replaces: SessionAddress | null };

/** The rule of `SessionRegistry.reclaim` for one place. */
export function claimPlace(claimant: SessionAddress, holder: Holder | null): Claim {
  if (!holder?.lives || holder.session.session_id === claimant.session_id) return { lost: false, replaces: null };
  if (connectedLater(holder.session, claimant)) return { lost: true };
  return { lost: false, replaces: holder.session };
}

function connectedLater(one: SessionAddress, other: SessionAddress): boolean {
  if (one.connected_at !== other.connected_at) return one.connected_at > other.connected_at;
  return one.session_id > other.session_id;
}
