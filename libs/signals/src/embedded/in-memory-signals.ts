import { Listeners } from '../listeners.js';
import { Signals, type Signal } from '../signals.js';

/** Signals of a fleet of one process: every subscriber has been called when `publish` resolves. */
export class InMemorySignals extends Signals {
  private readonly listeners = new Listeners();

  override async publish(signal: Signal): Promise<void> {
    this.listeners.tell(signal);
  }

  override subscribe(listener: (signal: Signal) => void): () => void {
    return this.listeners.add(listener);
  }
}
