import { Logger } from '@nestjs/common';
import type { Signal } from './signals.js';

type Listener = (signal: Signal) => void;

/** Who in this process wants to hear signals. */
export class Listeners {
  private readonly logger = new Logger('Signals');
  /** One entry per subscription, so that a function which subscribes twice can leave twice. */
  private readonly subscriptions = new Set<{ listener: Listener }>();

  get isEmpty(): boolean {
    return this.subscriptions.size === 0;
  }

  /** Returns how to leave. */
  add(listener: Listener): () => void {
    const subscription = { listener };
    this.subscriptions.add(subscription);
    return () => {
      this.subscriptions.delete(subscription);
    };
  }

  /** One that throws harms nobody else. */
  tell(signal: Signal): void {
    // A copy: who subscribes while a signal is handed out, or leaves, does not change who gets this one.
    for (const { listener } of [...this.subscriptions]) {
      try {
        listener(signal);
      } catch (error) {
        this.logger.error(`A listener failed on a signal of type ${signal.type}`, error);
      }
    }
  }
}
