import { randomUUID } from 'node:crypto';
import type { ApiAnswer, ChatClient, Problem, Sent, TestUser } from '@parley/harness';

/** A message that somebody wants to change. */
export interface Target {
  conversation_id: string;
  target_id: string;
}

const text = (value: string) => ({ type: 'text', text: value }) as const;

/** The three events, each under a key of its own unless one is given. */
export const bySocket = {
  edit: (client: ChatClient, target: Target, words: string, client_msg_id: string = randomUUID()) =>
    client.request<Sent>('message:edit', { client_msg_id, ...target, content: text(words) }),
  delete: (client: ChatClient, target: Target, client_msg_id: string = randomUUID()) =>
    client.request<Sent>('message:delete', { client_msg_id, ...target }),
  react: (
    client: ChatClient,
    target: Target,
    emoji: string,
    op: 'add' | 'remove' = 'add',
    client_msg_id: string = randomUUID(),
  ) => client.request<Sent>('message:react', { client_msg_id, ...target, emoji, op }),
};

type Answer = Promise<ApiAnswer<Sent & Problem>>;

/** The same by REST. */
export const byRest = {
  edit: (user: TestUser, target: Target, words: string, key: string = randomUUID()): Answer =>
    user.api.request('PATCH', pathOf(target), { headers: keyed(key), body: { content: text(words) } }),
  delete: (user: TestUser, target: Target, key: string = randomUUID()): Answer =>
    user.api.request('DELETE', pathOf(target), { headers: keyed(key) }),
  react: (
    user: TestUser,
    target: Target,
    emoji: string,
    op: 'add' | 'remove' = 'add',
    key: string = randomUUID(),
  ): Answer => {
    const path = `${pathOf(target)}/reactions/${encodeURIComponent(emoji)}`;
    return user.api.request(op === 'add' ? 'PUT' : 'DELETE', path, { headers: keyed(key) });
  },
};

function pathOf({ conversation_id, target_id }: Target): string {
  return `/conversations/${conversation_id}/messages/${target_id}`;
}

function keyed(key: string): Record<string, string> {
  return { 'idempotency-key': key };
}
