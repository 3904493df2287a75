import type { EntryView, Verdict } from '@parley/contracts';

/** One entry for the sessions that stand on one gateway. */
export interface Push {
  entry: EntryView;
  /** Serialized size of the entry in bytes, measured once. */
  bytes: number;
  session_ids: string[];
  /** The `traceparent` of its send, where that is traced. */
  trace?: string;
}

/** Where a conversation stood when its last push to these sessions went out: what a lost push left behind is found by it. */
export interface HeadDigest {
  conversation_id: string;
  last_seq: number;
  session_ids: string[];
}

/** What a router hands a gateway (or an API process, which only waits for verdicts) in one go. */
export interface LinkFrame {
  pushes: Push[];
  verdicts: Verdict[];
  /** Repeated every two seconds for conversations with recent pushes; true once the pushes of this frame are taken. */
  heads: HeadDigest[];
  /** Something meant for this gateway was given up before: it compares every session with its inbox. */
  compare: boolean;
}

/**
 * From a router to one gateway, by the name that sessions and verdicts know it under.
 *
 * `deliver` resolves when the gateway has taken the frame. Frames that were not waited for are taken in the order of their
 * calls; one that rejects may have been taken nevertheless, and is taken twice when it is delivered again.
 *
 * It rejects with `GatewayAbsent` when nobody listens under that name, and with another error when the gateway went away
 * meanwhile or refused. It has no deadline of its own: `signal` ends the wait, and whatever the frame travelled on is given
 * up with it, so that the next one starts afresh.
 *
 * A push is a hint: what is lost here, the gateway finds by comparing cursors with the store.
 */
export abstract class GatewayLink {
  abstract deliver(gateway: string, frame: LinkFrame, signal?: AbortSignal): Promise<void>;
}

/** The far end of the link: takes a frame at once and never throws. */
export abstract class LinkReceiver {
  abstract take(frame: LinkFrame): void;
}

/** Nobody listens under the name of this gateway: it has ended, or never was. */
export class GatewayAbsent extends Error {
  constructor(gateway: string, cause?: unknown) {
    super(`No gateway ${gateway} on the link`, { cause });
    this.name = 'GatewayAbsent';
  }
}
