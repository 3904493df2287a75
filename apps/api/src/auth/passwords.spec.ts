import { hash as hashWith } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { Passwords } from './passwords.js';

async function hashOf(passwords: Passwords, password: string): Promise<string> {
  const hashed = await passwords.hash(password);
  if (!hashed.ok) throw new Error(hashed.code);
  return hashed.hash;
}

describe('Passwords', () => {
  it('hashes with argon2id at the OWASP cost and a salt of its own', async () => {
    const passwords = new Passwords();
    const [one, other] = await Promise.all([hashOf(passwords, 'correct horse'), hashOf(passwords, 'correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(await passwords.verify('correct horse', one)).toEqual({ ok: true, right: true });
    expect(await passwords.verify('wrong horse', one)).toEqual({ ok: true, right: false });
  });

  it('tells no unknown account from a wrong password by time', async () => {
    const passwords = new Passwords();
    const hash = await hashOf(passwords, 'correct horse');
    const medianOf = async (against: string | null) => {
      const times: number[] = [];
      for (let i = 0; i < 9; i++) {
        const before = performance.now();
        expect(await passwords.verify('wrong horse', against)).toEqual({ ok: true, right: false });
        times.push(performance.now() - before);
      }
      return times.toSorted((a, b) => a - b)[4];
    };
    const [known, unknown] = [await medianOf(hash), await medianOf(null)];
    // Skipping the hash would make it a hundred times faster; a busy machine makes either twice as slow.
    expect(unknown).toBeGreaterThan(known / 4);
    expect(known).toBeGreaterThan(unknown / 4);
  });

  it('refuses a storm beyond its queue at once, serves everybody in the queue, and is usable afterwards', async () => {
    const passwords = new Passwords();
    // The cost stands in the hash: a cheap one keeps this test short and the order of events the same.
    const hash = await hashWith('correct horse', { memoryCost: 8, timeCost: 1 });
    const answers = await Promise.all(Array.from({ length: 230 }, () => passwords.verify('correct horse', hash)));
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused).toHaveLength(28);
    expect(refused[0]).toMatchObject({ code: 'overloaded', retryAfterMs: 1_000 });
    expect(answers.filter((answer) => answer.ok && answer.right)).toHaveLength(202);
    expect(await passwords.verify('correct horse', hash)).toEqual({ ok: true, right: true });
  });

  it('goes on after a stored hash that it cannot read', async () => {
    const passwords = new Passwords();
    for (let i = 0; i < 3; i++) await expect(passwords.verify('correct horse', 'not a hash')).rejects.toThrow();
    expect(await passwords.verify('correct horse', null)).toEqual({ ok: true, right: false });
  });
});
