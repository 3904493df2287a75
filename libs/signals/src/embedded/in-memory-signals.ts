import { Listeners } from '../listeners.js';
import { Signals, type Following, type Signal, type Topic } from '../signals.js';

/** Signals of a fleet of one process: every subscriber has been called when `publish` resolves. */
export class InMemorySignals extends Signals {
  private readonly all = new Listeners();
  private readonly topics = new Map<Topic, Listeners>();

  override async publish(signal: Signal, topic?: Topic): Promise<void> {
    (topic === undefined ? this.all : this.topics.get(topic))?.tell(signal);
  }

  override subscribe(listener: (signal: Signal) => void): () => void {
    return this.all.add(listener);
  }

  override follow(topic: Topic, listener: (signal: Signal) => void): Following {
    const listeners = this.topics.get(topic) ?? new Listeners();
    this.topics.set(topic, listeners);
    const leave = listeners.add(listener);
    const stop = () => {
      leave();
      if (listeners.isEmpty && this.topics.get(topic) === listeners) this.topics.delete(topic);
    };
    return { heard: Promise.resolve(), stop };
  }
}
