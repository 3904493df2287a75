import { Injectable, Logger } from '@nestjs/common';
import type { DeviceKey } from '@parley/message-store';
import { LeaseLapsed, RememberedDevices, SessionRegistry, type SessionAddress } from '@parley/sessions';
import { CompareSessions } from '../comparing/compare-sessions.js';
import type { Session } from '../connections/session.js';
import { SessionTable } from '../connections/session-table.js';
import { HeldLease } from './held-lease.js';
import { PlaceNews } from './place-news.js';

/** Sessions that go to the registry in one call. */
const CHUNK = 500;

/**
 * The places of this gateway's sessions in the registry. A registry that is away stops nobody: who could not be put in its
 * place, or stands there under an earlier life of the lease, is put back as soon as a lease is held, and compared with its
 * inbox then, since pushes may have missed it.
 */
@Injectable()
export class SessionPlaces {
  private readonly logger = new Logger(SessionPlaces.name);
  /** Ended sessions that may still stand in the registry. */
  private readonly left = new Map<string, SessionAddress>();
  private clearing: Promise<void> | null = null;
  private isRestoring = false;
  private isRestoreDue = false;

  constructor(
    private readonly lease: HeldLease,
    private readonly registry: SessionRegistry,
    private readonly sessions: SessionTable,
    private readonly news: PlaceNews,
    private readonly compare: CompareSessions,
    private readonly devices: RememberedDevices,
  ) {}

  /** Puts a new session in the place of its device, whoever holds it. Without the registry it stays out for now. */
  async take(session: Session): Promise<void> {
    const { incarnation } = this.lease;
    if (incarnation === null) return;
    try {
      const address = this.asking(session, incarnation);
      const replaced = await this.registry.register(address);
      session.place = 'held';
      void this.news.changed(address);
      if (replaced) await this.news.replaced(replaced);
    } catch (error) {
      session.place = 'none';
      if (error instanceof LeaseLapsed) this.lease.hasEnded(incarnation);
      else this.logger.debug(`session ${session.id} will be registered later: ${String(error)}`);
    }
  }

  /** Writes down what the session says of itself now. Where that cannot be done it is, with the next beat. */
  async restate(session: Session): Promise<void> {
    const { incarnation } = this.lease;
    if (incarnation === null || session.askedUnder !== incarnation) return;
    const address = session.addressAt(this.lease.gateway, incarnation);
    try {
      await this.registry.restate(address);
      void this.news.changed(address);
    } catch (error) {
      session.place = 'none';
      this.logger.debug(`session ${session.id} will be written down later: ${String(error)}`);
    }
  }

  /** Takes an ended session out of its place; a newer one stays. What cannot be taken out now goes with the next beat. */
  async leave(session: Session): Promise<void> {
    const { incarnation } = this.lease;
    if (incarnation === null || session.askedUnder !== incarnation) return;
    this.left.set(session.id, session.addressAt(this.lease.gateway, incarnation));
    // Once: another leave would be of now. But what is under way may still put it there, and then it is taken out again.
    if (session.place !== 'asked') session.askedUnder = null;
    await this.clear();
  }

  /** Puts every session back that does not stand in its place under the present lease. Never rejects. */
  async restore(): Promise<void> {
    this.isRestoreDue = true;
    if (this.isRestoring) return;
    this.isRestoring = true;
    try {
      while (this.isRestoreDue) {
        this.isRestoreDue = false;
        await this.restoreUnder(this.lease.incarnation);
      }
    } finally {
      this.isRestoring = false;
    }
  }

  /**
   * Puts these sessions in their places if they have lost them, and ends those that a newer connection of their device has
   * replaced without our hearing of it. Resolves to whether the registry answered.
   */
  async putBack(sessions: readonly Session[]): Promise<boolean> {
    const { incarnation } = this.lease;
    // One call at a time for a session: of two, nobody could tell which took effect last.
    const asked = sessions.filter(({ closed, place }) => !closed && place !== 'asked');
    if (incarnation === null || asked.length === 0) return incarnation !== null;
    try {
      const addresses = asked.map((one) => this.asking(one, incarnation));
      const { lost, replaced } = await this.registry.reclaim(addresses);
      for (const session of asked) session.place = 'held';
      // What they said of themselves meanwhile was written over.
      const outdated = asked.filter(
        ({ availability }, index) => (availability === 'away') !== (addresses[index].away ?? false),
      );
      await Promise.all(outdated.filter(({ closed }) => !closed).map((session) => this.restate(session)));
      // What lost the places has lost the devices as well: without them nobody comes back while PostgreSQL is away.
      for (const { identity } of asked.filter(({ closed }) => !closed)) this.remember(identity.device);
      for (const { session_id } of lost) this.sessions.find(session_id)?.end('replaced');
      await Promise.all(replaced.map((address) => this.news.replaced(address)));
      return true;
    } catch (error) {
      for (const session of asked) session.place = 'none';
      this.logger.warn(`${asked.length} sessions will be put back later: ${String(error)}`);
      return false;
    } finally {
      // Who ended meanwhile was taken out before it was put back.
      await Promise.all(asked.filter(({ closed }) => closed).map((session) => this.leave(session)));
    }
  }

  private async restoreUnder(incarnation: string | null): Promise<void> {
    if (incarnation === null) return;
    await this.clear();
    const misplaced = [...this.sessions.all()].filter(
      ({ place, askedUnder }) => place === 'none' || askedUnder !== incarnation,
    );
    for (let from = 0; from < misplaced.length; from += CHUNK) {
      const chunk = misplaced.slice(from, from + CHUNK);
      // The next beat begins again.
      if (!(await this.putBack(chunk))) return;
      for (const session of chunk) {
        this.compare.request(session);
        void this.news.changed(session.addressAt(this.lease.gateway, incarnation));
      }
    }
  }

  /** Takes everyone out who has left. Never rejects; who could not be taken out stays noted. */
  private async clear(): Promise<void> {
    if (this.left.size > 0) this.clearing ??= this.clearInChunks();
    await this.clearing;
  }

  /** A registry that is asked for thousands at once, as when a network breaks, would answer none of them in time. */
  private async clearInChunks(): Promise<void> {
    try {
      for (let areGone = true; areGone && this.left.size > 0;) {
        const chunk = [...this.left.values()].slice(0, CHUNK);
        for (const { session_id } of chunk) this.left.delete(session_id);
        // What stands under an earlier life of the lease does not count.
        const counting = chunk.filter(({ incarnation }) => incarnation === this.lease.incarnation);
        areGone = (await Promise.all(counting.map((address) => this.remove(address)))).every(Boolean);
      }
    } finally {
      this.clearing = null;
    }
  }

  private async remove(address: SessionAddress): Promise<boolean> {
    try {
      await this.news.leaving(address);
      await this.registry.remove(address);
      void this.news.changed(address);
      return true;
    } catch (error) {
      this.left.set(address.session_id, address);
      this.logger.debug(`session ${address.session_id} will be taken out later: ${String(error)}`);
      return false;
    }
  }

  /** At best, and nobody waits for it. */
  private remember({ user_id, device_id, generation }: DeviceKey): void {
    this.devices.remember(user_id, device_id, generation).catch((error: unknown) => {
      this.logger.debug(`device ${device_id} is not remembered: ${String(error)}`);
    });
  }

  private asking(session: Session, incarnation: string): SessionAddress {
    session.place = 'asked';
    session.askedUnder = incarnation;
    return session.addressAt(this.lease.gateway, incarnation);
  }
}
