import { Logger } from '@nestjs/common';
import type { RedisClient } from '@parley/redis-connection';
import { Listeners } from '../listeners.js';
import { Signals, type Signal } from '../signals.js';
import { decodeSignal } from './decode-signal.js';

/**
 * One channel for all signals, heard on a connection of its own. What is published while either connection is away is
 * lost; the channel is subscribed again whenever the connection is back.
 */
export class RedisSignals extends Signals {
  private readonly logger = new Logger(RedisSignals.name);
  private readonly listeners = new Listeners();
  private readonly channel: string;
  private readonly hearing: RedisClient;
  private readonly subscribed: Promise<void>;
  private unsent = 0;
  private unreadable = 0;

  /** Publishes on `redis`, and hears on another connection, which is closed with it. */
  constructor(private readonly redis: RedisClient) {
    super();
    this.channel = `${redis.keyPrefix}signals`;
    this.hearing = redis.another('signals');
    this.hearing.onMessage((_channel, message) => this.hear(message));
    this.subscribed = this.subscribeAlways();
  }

  override async publish(signal: Signal): Promise<void> {
    const message = JSON.stringify(signal);
    try {
      await this.redis.ask('publish a signal', (redis) => redis.publish(this.channel, message));
    } catch {
      // That Redis is away is in the log already.
      this.unsent += 1;
    }
  }

  override subscribe(listener: (signal: Signal) => void): () => void {
    return this.listeners.add(listener);
  }

  /** Signals that could not be sent, and messages on the channel that were none. */
  get dropped(): { unsent: number; unreadable: number } {
    return { unsent: this.unsent, unreadable: this.unreadable };
  }

  /** Resolves when signals have begun to be heard, however long that takes. */
  whenHeard(): Promise<void> {
    return this.subscribed;
  }

  private subscribeAlways(): Promise<void> {
    return new Promise((resolve) => {
      const subscribe = () => {
        const subscribed = this.hearing.ask('subscribe', (redis) => redis.subscribe(this.channel));
        // Where it fails, the connection is lost as a rule, and the next one comes here again.
        subscribed.then(
          () => resolve(),
          (error: unknown) => this.logger.warn(`signals are not heard: ${String(error)}`),
        );
      };
      this.hearing.onUp(subscribe);
    });
  }

  private hear(message: string): void {
    const signal = decodeSignal(message);
    if (signal) this.listeners.tell(signal);
    else this.unreadable += 1;
  }
}
