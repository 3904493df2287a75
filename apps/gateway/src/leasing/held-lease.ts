import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PendingVerdicts } from '@parley/sending';
import { GatewayLeases, LEASE_MS } from '@parley/sessions';

/**
 * The lease of this gateway as this process knows it. Its end is reckoned from before each renewal was asked for, by the
 * monotonic clock: so a process that slept through its lease, or that nobody answers, knows it before it acts on sessions
 * that others may have replaced.
 */
@Injectable()
export class HeldLease {
  /** This gateway's address on the gateway link. */
  readonly gateway: string;
  private held: { incarnation: string; until: number } | null = null;

  constructor(
    private readonly leases: GatewayLeases,
    process: PendingVerdicts,
  ) {
    this.gateway = process.address.gateway;
  }

  /** The life of the lease under which sessions count now; null while there is none. */
  get incarnation(): string | null {
    return this.held && performance.now() < this.held.until ? this.held.incarnation : null;
  }

  /**
   * Renews the lease, or begins another life of it where it has ended. Resolves to the incarnation that is held now;
   * rejects while the registry does not answer. `sessions`: how many this gateway holds, for the people who look.
   */
  async keep(sessions = 0): Promise<string> {
    const { incarnation } = this;
    return incarnation !== null && (await this.renew(incarnation, sessions)) ? incarnation : this.take();
  }

  /** The registry says that this life of the lease has ended. */
  hasEnded(incarnation: string): void {
    if (this.held?.incarnation === incarnation) this.held = null;
  }

  /** Gives the lease up: from then on none of its sessions counts. */
  async release(): Promise<void> {
    const { gateway, incarnation } = this;
    this.held = null;
    if (incarnation !== null) await this.leases.release({ gateway, incarnation });
  }

  private async renew(incarnation: string, sessions: number): Promise<boolean> {
    const until = performance.now() + LEASE_MS;
    if (!(await this.leases.renew({ gateway: this.gateway, incarnation }, sessions))) return false;
    this.held = { incarnation, until };
    // An answer that took longer than the lease: it has lapsed since.
    return this.incarnation === incarnation;
  }

  private async take(): Promise<string> {
    const incarnation = randomUUID();
    this.held = null;
    const until = performance.now() + LEASE_MS;
    await this.leases.take({ gateway: this.gateway, incarnation });
    this.held = { incarnation, until };
    return incarnation;
  }
}
