import { Logger } from '@nestjs/common';
import { EngineUnavailable } from '@parley/contracts';
import { Redis } from 'ioredis';
import { ANSWER_WITHIN_MS, DEFAULT_KEY_PREFIX, optionsOf, placeOf, type RedisConnection } from './redis-connection.js';

/** How ioredis fails what waited on a connection that ended. Why it ended says more. */
const GIVEN_UP = 'MaxRetriesPerRequestError';

/**
 * A connection to Redis that comes back by itself, for ever. While it is away, calls fail at once; a server that stopped
 * answering counts as away within two seconds. Calls of the same moment share one round trip.
 */
export class RedisClient {
  readonly keyPrefix: string;
  private readonly logger = new Logger('Redis');
  private readonly redis: Redis;
  private readonly place: string;
  private readonly heartbeat: NodeJS.Timeout;
  private fault = 'the connection was closed';
  /** Whether the log says that Redis is away. */
  private saidAway = false;
  private closing = false;
  private readonly others: RedisClient[] = [];
  /** What the connection was asked and has not answered. */
  private openQuestion: symbol | null = null;

  private constructor(
    private readonly connection: RedisConnection,
    private readonly role: string,
  ) {
    this.keyPrefix = connection.keyPrefix ?? DEFAULT_KEY_PREFIX;
    this.place = placeOf(connection.url);
    this.redis = new Redis(connection.url, { ...optionsOf(connection), connectionName: `parley-${role}` });
    this.redis.on('error', (error) => {
      if (error.name !== GIVEN_UP) this.fault = error.message;
    });
    this.redis.on('ready', () => this.cameUp());
    this.redis.on('close', () => this.wentDown());
    this.heartbeat = setInterval(() => this.checkAnswers(), ANSWER_WITHIN_MS).unref();
  }

  /** Begins to connect, and goes on in the background. */
  static open(connection: RedisConnection): RedisClient {
    return new RedisClient(connection, 'commands');
  }

  /** One more connection to the same place, closed with this one: a connection that subscribes takes no other commands. */
  another(role: string): RedisClient {
    const other = new RedisClient(this.connection, role);
    this.others.push(other);
    return other;
  }

  /** Whether calls are taken. */
  get isUp(): boolean {
    return !this.closing && this.redis.status === 'ready';
  }

  /** Resolves as soon as calls are taken. */
  async whenUp(): Promise<void> {
    if (!this.isUp) await new Promise<void>((resolve) => this.redis.once('ready', resolve));
  }

  /** Calls `listener` on every new connection. */
  onUp(listener: () => void): void {
    this.redis.on('ready', listener);
  }

  /**
   * Commands to Redis. Rejects with {@link EngineUnavailable} where they fail, for whatever reason; then it is unknown
   * whether they took effect. `operation`: what it is for, for the log.
   */
  async ask<T>(operation: string, commands: (redis: Redis) => Promise<T>): Promise<T> {
    if (!this.isUp) throw new EngineUnavailable('redis', operation, this.fault);
    try {
      return await commands(this.redis);
    } catch (error) {
      const isGivenUp = error instanceof Error && error.name === GIVEN_UP;
      throw new EngineUnavailable('redis', operation, isGivenUp ? this.fault : error);
    }
  }

  /** Hears what is published. */
  onMessage(listener: (channel: string, message: string) => void): void {
    this.redis.on('message', listener);
  }

  /** Ends the connection when what was asked is answered. */
  async close(): Promise<void> {
    await Promise.all([this.closeThis(), ...this.others.map((other) => other.close())]);
  }

  private async closeThis(): Promise<void> {
    clearInterval(this.heartbeat);
    const wasUp = this.isUp;
    this.closing = true;
    if (wasUp) await this.redis.quit().catch(() => undefined);
    this.redis.disconnect();
    // A peer that does not answer would keep a half-closed socket, and the process, alive.
    this.redis.stream?.destroy();
  }

  private cameUp(): void {
    this.openQuestion = null;
    if (this.saidAway) this.logger.log(`${this.place} answers again (${this.role})`);
    this.saidAway = false;
  }

  private wentDown(): void {
    this.openQuestion = null;
    if (this.closing || this.saidAway) return;
    this.saidAway = true;
    this.logger.warn(`${this.place} does not answer (${this.role}), trying until it does: ${this.fault}`);
  }

  /**
   * A peer that vanished, or that hangs, closes nothing. Answers come in the order of the questions, so one that stays open
   * until the next check is enough to give the connection up; that fails what waits on it and starts the next attempt.
   */
  private checkAnswers(): void {
    const { openQuestion: open } = this;
    // This process may have been the one that hung: first take in what has arrived meanwhile.
    if (open) setImmediate(() => this.giveUpUnless(open));
    else if (this.isUp) this.askForLife();
    // Before a connection is ready the client asks by itself, and `ready` is that answer.
    else if (this.redis.status === 'connect') this.openQuestion = Symbol('ready');
  }

  private askForLife(): void {
    const question = Symbol('ping');
    this.openQuestion = question;
    const answered = () => {
      if (this.openQuestion === question) this.openQuestion = null;
    };
    // One that fails stays open, and the next check sees it.
    this.redis.ping().then(answered, () => undefined);
  }

  private giveUpUnless(answered: symbol): void {
    if (this.openQuestion !== answered) return;
    this.redis.stream.destroy(new Error(`no answer for ${ANSWER_WITHIN_MS} ms`));
  }
}
