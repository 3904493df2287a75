/** How long a lease lasts by the store's clock, in milliseconds. */
export const LEASE_TTL_MS = 10 * 60_000;

/** A worker id for a while. */
export interface WorkerLease {
  /** 0 to 1023. */
  readonly workerId: number;
  /** Names this lease among all that were ever given. */
  readonly token: string;
  /** How long it lasts from `acquire` or the latest `renew`, in milliseconds. */
  readonly ttlMs: number;
  /** No id of an earlier holder of this worker id lies after it, in milliseconds since 1970; 0 when there was none. */
  readonly lastTimeMs: number;
}

/**
 * Who may give ids under which worker id. A worker id has one holder at a time.
 *
 * - Leases last LEASE_TTL_MS by the clock of the store, the only one that all processes share. The clocks of the holders
 *   play no part, nor does the time that a call takes.
 * - With every lease stands a time: no id of its holder lies after it. It outlives the lease and is handed to the next
 *   holder. This is what makes ids unique, so every call below is one atomic change that is durable when it resolves.
 * - A call that rejects has an unknown outcome and may still take effect later. Every call may be repeated; a repeated
 *   `acquire` costs at most a worker id until that expires. A call that cannot be answered rejects within 10 s.
 */
export abstract class WorkerLeases {
  /**
   * Leases the lowest worker id that is free: never leased, released, or expired.
   * @param holder a name for people who look into the store, such as host and process id; it need not be unique.
   * @returns undefined when all 1,024 are held.
   */
  abstract acquire(holder: string): Promise<WorkerLease | undefined>;

  /**
   * Extends the lease to LEASE_TTL_MS from now and raises the time stored with it to `lastTimeMs`; a lower one changes
   * nothing, since an earlier call may arrive late. A lease that has expired can still be renewed as long as nobody else
   * has taken its worker id.
   * @param lastTimeMs up to where the holder will give ids from now on, in milliseconds since 1970.
   * @returns `lost`, and changes nothing, when the lease was released or its worker id taken.
   */
  abstract renew(lease: WorkerLease, lastTimeMs: number): Promise<'renewed' | 'lost'>;

  /**
   * Frees the worker id at once. Without effect on a lease that is lost.
   * @param lastTimeMs the time of the holder's last id, in milliseconds since 1970. It replaces the one stored before,
   *   also by a lower one: the holder has stopped.
   */
  abstract release(lease: WorkerLease, lastTimeMs: number): Promise<void>;
}
