import { TestUser } from '@parley/harness';
import { LoadClient } from './load-client.js';
import type { MeasuredTarget } from './measured-target.js';

/** Passwords are hashed with argon2id on purpose slowly: more at once than the server has threads helps nothing. */
const REGISTERED_AT_ONCE = 8;

/** One direct conversation, with a client of each of the two. */
export interface Pair {
  conversationId: string;
  clients: [LoadClient, LoadClient];
}

/** The devices of a user are the same ones in every measurement: a user may not have more than ten. */
export function deviceName(n: number): string {
  return `device-${n}`;
}

/** Calls `work` for each item, so many at a time. */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

export function registerUsers(url: string, count: number, progress: (done: number) => void): Promise<TestUser[]> {
  let done = 0;
  return inParallel(Array.from({ length: count }), REGISTERED_AT_ONCE, async () => {
    const user = await TestUser.register(url, 'bench');
    progress(++done);
    return user;
  });
}

/** Users 0 and 1 are the first pair, 2 and 3 the next. The two of a pair are at different gateways where there are two. */
export async function connectPairs(target: MeasuredTarget, users: readonly TestUser[]): Promise<Pair[]> {
  const [url, otherUrl = url] = target.gatewayUrls;
  const connect = (user: TestUser, gatewayUrl: string): Promise<LoadClient> =>
    LoadClient.connect(gatewayUrl, user.api.accessToken, deviceName(0));
  const firsts = users.filter((_, index) => index % 2 === 0);
  return inParallel([...firsts.keys()], REGISTERED_AT_ONCE, async (index) => {
    const [one, other] = users.slice(2 * index, 2 * index + 2);
    const { conversation_id: conversationId } = await one.api.direct(other.userId);
    return { conversationId, clients: [await connect(one, url), await connect(other, otherUrl)] };
  });
}
