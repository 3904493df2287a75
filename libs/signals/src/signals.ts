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

export type Signal = RevokedSignal | ReplacedSignal | DeviceRemovedSignal;

/**
 * Best-effort broadcast between all processes of a fleet, the publishing one included. A signal reaches each present
 * subscriber at most once, in no particular order, or not at all: nothing whose loss matters travels this way.
 */
export abstract class Signals {
  /** Never rejects: a signal that cannot be sent is counted and dropped. */
  abstract publish(signal: Signal): Promise<void>;

  /** Calls `listener` for each signal from now on; a listener that throws harms nobody else. Returns how to stop. */
  abstract subscribe(listener: (signal: Signal) => void): () => void;
}
