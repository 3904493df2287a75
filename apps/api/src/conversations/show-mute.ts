import type { MuteView } from '@parley/contracts';
import type { Mute } from '@parley/entities';

/** A mute as of `now` (milliseconds since 1970): one that has run out is none. */
export function showMute(mute: Mute | undefined, now: number): Pick<MuteView, 'muted' | 'muted_until'> {
  if (!mute || (mute.until !== null && mute.until <= now)) return { muted: false, muted_until: null };
  return { muted: true, muted_until: mute.until === null ? null : new Date(mute.until).toISOString() };
}
