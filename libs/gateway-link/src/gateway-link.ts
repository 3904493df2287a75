import type { EntryView, Verdict } from '@parley/contracts';

/** One entry for the sessions that stand on one gateway. */
export interface Push {
  entry: EntryView;
  /** Serialized size of the entry in bytes, measured once. */
  bytes: number;
  session_ids: string[];
}

/** What a router hands a gateway (or an API process, which only waits for verdicts) in one go. */
export interface LinkFrame {
  pushes: Push[];
  verdicts: Verdict[];
}

/**
 * From a router to one gateway, in order. Resolves when the gateway has taken the frame, rejects when it is not there.
 * A push is a hint: what is lost here, the gateway finds by comparing cursors with the store.
 */
export abstract class GatewayLink {
  abstract deliver(gateway: string, frame: LinkFrame): Promise<void>;
}

/** The far end of the link: takes a frame at once and never throws. */
export abstract class LinkReceiver {
  abstract take(frame: LinkFrame): void;
}
