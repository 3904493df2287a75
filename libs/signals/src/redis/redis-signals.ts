import { Logger } from '@nestjs/common';
import type { RedisClient } from '@parley/redis-connection';
import { Listeners } from '../listeners.js';
import { Signals, type Following, type Signal, type Topic } from '../signals.js';
import { decodeSignal } from './decode-signal.js';

/** Channels in one SUBSCRIBE after a reconnect: a gateway may follow a hundred thousand. */
const AT_ONCE = 1_000;

interface Channel {
  listeners: Listeners;
  heard: Promise<void>;
}

/**
 * A channel for the signals to all and one for each topic, heard on a connection of its own: Redis hands a signal only to
 * the processes that follow its topic. What is published while either connection is away is lost; the channels are
 * subscribed again whenever the connection is back.
 */
export class RedisSignals extends Signals {
  private readonly logger = new Logger(RedisSignals.name);
  private readonly all = new Listeners();
  private readonly toAll: string;
  /** By name; the topics that are followed here. */
  private readonly channels = new Map<string, Channel>();
  private readonly hearing: RedisClient;
  private readonly subscribed: Promise<void>;
  private unsent = 0;
  private unreadable = 0;

  /** Publishes on `redis`, and hears on another connection, which is closed with it. */
  constructor(private readonly redis: RedisClient) {
    super();
    this.toAll = `${redis.keyPrefix}signals`;
    this.hearing = redis.another('signals');
    this.hearing.onMessage((channel, message) => this.hear(channel, message));
    this.subscribed = this.subscribeAlways();
  }

  override async publish(signal: Signal, topic?: Topic): Promise<void> {
    const message = JSON.stringify(signal);
    try {
      await this.redis.ask('publish a signal', (redis) => redis.publish(this.channelOf(topic), message));
    } catch {
      // That Redis is away is in the log already.
      this.unsent += 1;
    }
  }

  override subscribe(listener: (signal: Signal) => void): () => void {
    return this.all.add(listener);
  }

  override follow(topic: Topic, listener: (signal: Signal) => void): Following {
    const name = this.channelOf(topic);
    const channel = this.channels.get(name) ?? this.open(name);
    const leave = channel.listeners.add(listener);
    const stop = () => {
      leave();
      if (channel.listeners.isEmpty && this.channels.get(name) === channel) this.close(name);
    };
    return { heard: channel.heard, stop };
  }

  /** Signals that could not be sent, and messages on the channels that were none. */
  get dropped(): { unsent: number; unreadable: number } {
    return { unsent: this.unsent, unreadable: this.unreadable };
  }

  /** Resolves when signals have begun to be heard, however long that takes. */
  whenHeard(): Promise<void> {
    return this.subscribed;
  }

  private channelOf(topic?: Topic): string {
    return topic === undefined ? this.toAll : `${this.toAll}:${topic}`;
  }

  private open(name: string): Channel {
    // Where it fails, the connection is away, and the next one subscribes to every channel.
    const heard = this.listen([name]).catch(() => undefined);
    const channel = { listeners: new Listeners(), heard };
    this.channels.set(name, channel);
    return channel;
  }

  private close(name: string): void {
    this.channels.delete(name);
    this.hearing.ask('unsubscribe', (redis) => redis.unsubscribe(name)).catch(() => undefined);
  }

  private async listen(names: readonly string[]): Promise<void> {
    await this.hearing.ask('subscribe', (redis) => redis.subscribe(...names));
  }

  private subscribeAlways(): Promise<void> {
    return new Promise((resolve) => {
      const subscribe = () => {
        const names = [this.toAll, ...this.channels.keys()];
        const chunks = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, index) =>
          names.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
        );
        // Where it fails, the connection is lost as a rule, and the next one comes here again.
        Promise.all(chunks.map((chunk) => this.listen(chunk))).then(
          () => resolve(),
          (error: unknown) => this.logger.warn(`signals are not heard: ${String(error)}`),
        );
      };
      this.hearing.onUp(subscribe);
    });
  }

  private hear(channel: string, message: string): void {
    const signal = decodeSignal(message);
    if (!signal) this.unreadable += 1;
    else if (channel === this.toAll) this.all.tell(signal);
    else this.channels.get(channel)?.listeners.tell(signal);
  }
}
