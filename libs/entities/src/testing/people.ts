import type { User, UserDirectory } from '../user-directory.js';

let people = 0;

/** A user that no other test has. */
export function somebody(more: Partial<User> = {}): User {
  people += 1;
  const user_id = String(7_000_000_000_000_000_000n + BigInt(people));
  const created_at = Date.UTC(2026, 0, 1, 12, 0, 0, 123);
  return { user_id, handle: `person_${people}`, display_name: null, avatar_url: null, created_at, ...more };
}

/** The ids of `count` new users, ascending. */
export async function register(users: UserDirectory, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, () => somebody());
  await Promise.all(people.map((user) => users.create(user, 'hash')));
  return people.map((user) => user.user_id);
}

/** How often each answer was given. */
export function tally(answers: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}
