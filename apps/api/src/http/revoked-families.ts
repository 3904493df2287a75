import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { TokenFamilies } from '@parley/entities';
import { Signals } from '@parley/signals';

const KEEP_MS = 2_000;
const MAX_KEPT = 50_000;

interface Looked {
  revoked: Promise<boolean>;
  until: number;
}

/**
 * Whether a login was revoked, remembered for 2 s: one look-up serves a burst of requests, and a revoked login is
 * refused within those 2 s everywhere. The `revoked` signal makes it at once where it arrives.
 */
@Injectable()
export class RevokedFamilies implements OnModuleDestroy {
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
    return this.remember(family, this.families.isRevoked(family));
  }

  onModuleDestroy(): void {
    this.stopListening();
  }

  private remember(family: string, revoked: Promise<boolean>): Promise<boolean> {
    const entry = { revoked, until: performance.now() + KEEP_MS };
    // Deleted first: a Map keeps insertion order, so the first key is always the one remembered longest ago.
    this.looked.delete(family);
    this.looked.set(family, entry);
    if (this.looked.size > MAX_KEPT) this.forgetOldest();
    revoked.catch(() => {
      if (this.looked.get(family) === entry) this.looked.delete(family);
    });
    return revoked;
  }

  private forgetOldest(): void {
    for (const oldest of this.looked.keys()) {
      this.looked.delete(oldest);
      return;
    }
  }
}
