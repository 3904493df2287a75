import { createHash } from 'node:crypto';
import type { RedisClient } from './redis-client.js';

/**
 * A Lua script: Redis runs it in one piece, with nothing in between. It is sent by its digest, and in full when the server
 * does not know it (any more): https://redis.io/docs/latest/commands/evalsha/.
 */
export class RedisScript {
  private readonly digest: string;

  constructor(
    private readonly redis: RedisClient,
    /** For the log. */
    private readonly operation: string,
    private readonly lua: string,
  ) {
    this.digest = createHash('sha1').update(lua).digest('hex');
  }

  /**
   * Resolves to what the script returns. `keys`: without the prefix, and all that it touches.
   * Rejects with `EngineUnavailable`.
   */
  run(keys: readonly string[], ...args: (string | number)[]): Promise<unknown> {
    const given = [keys.length, ...keys, ...args] as const;
    return this.redis.ask(this.operation, async (commands) => {
      try {
        return await commands.evalsha(this.digest, ...given);
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
        return await commands.eval(this.lua, ...given);
      }
    });
  }
}
