import { hostname } from 'node:os';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from './clock.js';
import { type Refused, SnowflakeGenerator } from './snowflake-generator.js';
import { type WorkerLease, WorkerLeases } from './worker-lease.js';

/** From one renewal to the next, in milliseconds. */
export const RENEW_EVERY_MS = 60_000;
/** From a renewal that failed to the next attempt, in milliseconds. */
export const RETRY_AFTER_MS = 5_000;

/** Thrown by `IdSource.next`. `no_lease`: not started, stopped, or the lease was lost and no other is there yet. */
export class IdsUnavailable extends Error {
  constructor(readonly reason: Refused['reason'] | 'no_lease') {
    super(`No id can be given: ${reason}`);
    this.name = 'IdsUnavailable';
  }
}

/**
 * The ids of this process: holds a worker-id lease, renews it, and gives ids while it has one.
 *
 * Each renewal reserves id time up to two thirds of the lease ahead, so ids stop before the lease can expire when
 * renewals fail; they go on with the first one that succeeds. A lost lease is replaced by a new one.
 */
@Injectable()
export class IdSource {
  private readonly logger = new Logger(IdSource.name);
  private held?: { lease: WorkerLease; generator: SnowflakeGenerator };
  private timer?: NodeJS.Timeout;
  private renewal: Promise<void> = Promise.resolve();
  private stopped = true;

  constructor(
    private readonly leases: WorkerLeases,
    private readonly clock: Clock,
  ) {}

  /** Resolves when ids can be given. Rejects with the error of the leases, or IdsUnavailable when none is free. */
  async start(): Promise<void> {
    this.stopped = false;
    const first = this.renew();
    this.renewal = first.catch(() => undefined);
    await first;
    this.schedule(RENEW_EVERY_MS);
  }

  /** Gives the worker id back; no id is given from the call on. A failure only delays when it is free again. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.renewal;
    if (!this.held) return;
    const { lease, generator } = this.held;
    this.held = undefined;
    try {
      await this.leases.release(lease, generator.lastTimeMs);
    } catch (error) {
      this.logger.warn(`Worker id ${lease.workerId} was not released and will expire: ${String(error)}`);
    }
  }

  /** @returns an id that nobody else has or will have. @throws IdsUnavailable */
  next(): bigint {
    if (!this.held || this.stopped) throw new IdsUnavailable('no_lease');
    const answer = this.held.generator.next();
    if (!answer.ok) throw new IdsUnavailable(answer.reason);
    return answer.id;
  }

  /** Whether `next` would give an id. */
  ready(): boolean {
    return this.held !== undefined && !this.stopped && this.held.generator.refusal() === undefined;
  }

  private schedule(afterMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.renewal = this.renewAndSchedule();
    }, afterMs);
    this.timer.unref();
  }

  private async renewAndSchedule(): Promise<void> {
    try {
      await this.renew();
      this.schedule(RENEW_EVERY_MS);
    } catch (error) {
      this.logger.warn(`The worker-id lease could not be renewed, trying again: ${String(error)}`);
      this.schedule(RETRY_AFTER_MS);
    }
  }

  /** Renews the lease, or takes one where there is none or the old one is lost. */
  private async renew(): Promise<void> {
    if (this.held && (await this.reserve(this.held))) return;
    if (this.held) this.logger.error(`The lease of worker id ${this.held.lease.workerId} is lost`);
    this.held = undefined;

    const lease = await this.leases.acquire(`${hostname()}:${process.pid}`);
    if (!lease) throw new IdsUnavailable('no_lease');
    const held = { lease, generator: new SnowflakeGenerator(this.clock, lease.workerId, lease.lastTimeMs) };
    if (!(await this.reserve(held))) throw new IdsUnavailable('no_lease');
    this.held = held;
  }

  /** Stores how far ids may go, then lets them. @returns false when the lease is lost. */
  private async reserve({ lease, generator }: { lease: WorkerLease; generator: SnowflakeGenerator }): Promise<boolean> {
    const untilMs = generator.nowMs() + Math.floor((lease.ttlMs * 2) / 3);
    if ((await this.leases.renew(lease, untilMs)) === 'lost') return false;
    generator.reserveUntil(untilMs);
    return true;
  }
}
