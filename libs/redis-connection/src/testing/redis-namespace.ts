import { randomUUID } from 'node:crypto';
import { RedisClient } from '../redis/redis-client.js';

const NO_PREFIX = '';

/** Keys of a test's own in a Redis that others use, too. */
export class RedisNamespace {
  readonly keyPrefix = `test-${randomUUID()}:`;
  private readonly admin: RedisClient;
  private readonly opened: RedisClient[] = [];

  private constructor(private readonly url: string) {
    this.admin = RedisClient.open({ url, keyPrefix: NO_PREFIX });
  }

  static async open(url: string): Promise<RedisNamespace> {
    const namespace = new RedisNamespace(url);
    await namespace.admin.whenUp();
    return namespace;
  }

  /** A connection that sees these keys only. It is closed with the namespace. */
  async client(): Promise<RedisClient> {
    const client = RedisClient.open({ url: this.url, keyPrefix: this.keyPrefix });
    this.opened.push(client);
    await client.whenUp();
    return client;
  }

  /** The keys, without their prefix. */
  async keys(): Promise<string[]> {
    return (await this.fullKeys()).map((key) => key.slice(this.keyPrefix.length));
  }

  /** Everything is lost. */
  async wipe(): Promise<void> {
    const keys = await this.fullKeys();
    await this.admin.ask('wipe', async (redis) => Promise.all(keys.map((key) => redis.del(key))));
  }

  /** Time passes for keys that expire: each has `ms` less to live. */
  async age(ms: number): Promise<void> {
    for (const key of await this.fullKeys()) {
      await this.admin.ask('age', async (redis) => {
        const left = await redis.pttl(key);
        if (left >= 0) await redis.pexpire(key, left - ms);
      });
    }
  }

  /** Leaves nothing behind. */
  async close(): Promise<void> {
    await this.wipe();
    for (const client of [...this.opened, this.admin]) await client.close();
  }

  private async fullKeys(): Promise<string[]> {
    const found = new Set<string>();
    let cursor = '0';
    do {
      const [next, keys] = await this.admin.ask('scan', (redis) =>
        redis.scan(cursor, 'MATCH', `${this.keyPrefix}*`, 'COUNT', 1_000),
      );
      for (const key of keys) found.add(key);
      cursor = next;
    } while (cursor !== '0');
    return [...found];
  }
}
