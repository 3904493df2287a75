/** A token family (one login with its refreshes) was revoked: its sessions end and its access tokens are refused. */
export interface RevokedSignal {
  type: 'revoked';
  family: string;
}

/** A newer connection of the same device took this session's place. */
export interface ReplacedSignal {
  type: 'replaced';
  gateway: string;
  session_id: string;
}

/** A user removed a device: the sessions of that life of it end. */
export interface DeviceRemovedSignal {
  type: 'device-removed';
  generation: string;
}

/** Something about the presence of a user may have changed: who watches looks. */
export interface PresenceSignal {
  type: 'presence';
  user_id: string;
}

/** A user types in a conversation, or stopped: told to these sessions. */
export interface TypingSignal {
  type: 'typing';
  conversation_id: string;
  user_id: string;
  typing: boolean;
  session_ids: string[];
}

/** The marks of a user in a conversation have moved: these sessions are to be told what they are now. */
export interface ReceiptSignal {
  type: 'receipt';
  conversation_id: string;
  user_id: string;
  session_ids: string[];
}

export type Signal =
  RevokedSignal | ReplacedSignal | DeviceRemovedSignal | PresenceSignal | TypingSignal | ReceiptSignal;

/** What a signal can be about, so that only those hear it who follow that: a user's presence, or one gateway. */
export type Topic = `presence:${string}` | `gateway:${string}`;

/** A topic that is being followed. */
export interface Following {
  /**
   * Resolves when signals are heard, or when they cannot be for now: then they are heard from the moment at which the
   * engine is back. Never rejects.
   */
  heard: Promise<void>;
  /** Idempotent. */
  stop: () => void;
}

/**
 * Best-effort broadcast between all processes of a fleet, the publishing one included. A signal reaches each present
 * subscriber at most once, in no particular order, or not at all: nothing whose loss matters travels this way.
 */
export abstract class Signals {
  /**
   * To all subscribers, or, with a topic, to those who follow it, and to no process where nobody does. Never rejects: a
   * signal that cannot be sent is counted and dropped.
   */
  abstract publish(signal: Signal, topic?: Topic): Promise<void>;

  /** Calls `listener` for each signal to all from now on; a listener that throws harms nobody else. Returns how to stop. */
  abstract subscribe(listener: (signal: Signal) => void): () => void;

  /** The same for the signals of one topic. */
  abstract follow(topic: Topic, listener: (signal: Signal) => void): Following;
}
