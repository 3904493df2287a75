import { Logger } from '@nestjs/common';
import { Signals, type Signal } from '../signals.js';

type Listener = (signal: Signal) => void;

/** Signals of a fleet of one process: every subscriber has been called when `publish` resolves. */
export class InMemorySignals extends Signals {
  private readonly logger = new Logger(InMemorySignals.name);
  /** One entry per subscription, so that a function which subscribes twice can leave twice. */
  private readonly subscriptions = new Set<{ listener: Listener }>();

  override async publish(signal: Signal): Promise<void> {
    // A copy: who subscribes while a signal is handed out, or leaves, does not change who gets this one.
    const present = [...this.subscriptions];
    for (const { listener } of present) this.tell(listener, signal);
  }

  override subscribe(listener: Listener): () => void {
    const subscription = { listener };
    this.subscriptions.add(subscription);
    return () => {
      this.subscriptions.delete(subscription);
    };
  }

  private tell(listener: Listener, signal: Signal): void {
    try {
      listener(signal);
    } catch (error) {
      this.logger.error(`A listener failed on a signal of type ${signal.type}`, error);
    }
  }
}
