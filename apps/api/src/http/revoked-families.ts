import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { answeredWithin, EngineUnavailable } from '@parley/contracts';
import { TokenFamilies } from '@parley/entities';
import { Signals } from '@parley/signals';

const KEEP_MS = 2_000;
const MAX_KEPT = 50_000;
/** A database that hangs delays a request by no more. */
const ASK_WITHIN_MS = 2_000;
const ASKED = { engine: 'postgres', operation: 'find a login' } as const;

interface Looked {
  revoked: Promise<boolean>;
  until: number;
}

/**
 * Whether a login was revoked, remembered for 2 s: one look-up serves a burst of requests, and a revoked login is
 * refused within those 2 s everywhere. The `revoked` signal makes it at once where it arrives. While PostgreSQL is away
 * the last answer goes on, and a login that nobody asked for before counts as good: its token is valid by itself.
 */
@Injectable()
export class RevokedFamilies implements OnModuleDestroy {
  private readonly logger = new Logger(RevokedFamilies.name);
  private readonly looked = new Map<string, Looked>();
  private readonly stopListening: () => void;

  constructor(
    private readonly families: TokenFamilies,
    signals: Signals,
  ) {
    this.stopListening = signals.subscribe((signal) => {
      if (signal.type === 'revoked') void this.remember(signal.family, Promise.resolve(true));
    });
  }

  has(family: string): Promise<boolean> {
    const known = this.looked.get(family);
    if (known && known.until > performance.now()) return known.revoked;
    return this.remember(family, this.ask(family, known?.revoked));
  }

  onModuleDestroy(): void {
    this.stopListening();
  }

  private async ask(family: string, before: Promise<boolean> | undefined): Promise<boolean> {
    try {
      return await answeredWithin(ASK_WITHIN_MS, ASKED, () => this.families.isRevoked(family));
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      this.logger.debug(`revocation could not be checked: ${error.message}`);
      return (await before) ?? false;
    }
  }

  private remember(family: string, revoked: Promise<boolean>): Promise<boolean> {
    const entry = { revoked, until: Number.POSITIVE_INFINITY };
    // Deleted first: a Map keeps insertion order, so the first key is always the one remembered longest ago.
    this.looked.delete(family);
    this.looked.set(family, entry);
    if (this.looked.size > MAX_KEPT) this.forgetOldest();
    revoked.then(
      // From the answer on: one that took long serves those who come after it, too.
      () => (entry.until = performance.now() + KEEP_MS),
      () => {
        if (this.looked.get(family) === entry) this.looked.delete(family);
      },
    );
    return revoked;
  }

  private forgetOldest(): void {
    for (const oldest of this.looked.keys()) {
      this.looked.delete(oldest);
      return;
    }
  }
}
