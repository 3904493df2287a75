import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { rejected, type Rejection } from '@parley/contracts';

/** OWASP Password Storage Cheat Sheet, argon2id (the library's default algorithm): memory in KiB, passes, lanes. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** The hash of a password that nobody has, made with the same cost. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$UN6Fil0vp4Nvf4ok9o7t1g$pL83K9FM8DgYwtsxDjzt/9e3U44vgzl3D+S5yLmdrts';

/** Hashes at work at once: half of libuv's four threads, so that files and signatures are never kept waiting. */
const AT_ONCE = 2;
/** Hashes that may wait for their turn, one to two seconds of work. Beyond it an answer would come too late to help. */
const MAX_WAITING = 200;

/**
 * Passwords as argon2id hashes, made off the event loop. A storm of logins costs at most two threads and 38 MiB; what
 * would wait too long is refused with `overloaded`, and nothing has happened.
 */
@Injectable()
export class Passwords {
  private working = 0;
  private readonly waiting: (() => void)[] = [];

  async hash(password: string): Promise<{ ok: true; hash: string } | Rejection> {
    return this.inTurn(async () => ({ ok: true, hash: await hash(password, ARGON2ID) }));
  }

  /** Whether this is the password. Without a hash (an unknown account) the answer is no and takes as long. */
  async verify(password: string, passwordHash: string | null): Promise<{ ok: true; right: boolean } | Rejection> {
    return this.inTurn(async () => {
      const right = await verify(passwordHash ?? NOBODY, password);
      return { ok: true, right: right && passwordHash !== null };
    });
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T | Rejection> {
    if (this.working >= AT_ONCE) {
      if (this.waiting.length >= MAX_WAITING) return rejected('overloaded', undefined, { retryAfterMs: 1_000 });
      // Whoever finishes hands its place over: `working` does not change, so nobody can slip in between.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.working += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.working -= 1;
    }
  }
}
