import { randomUUID } from 'node:crypto';
import { ERRORS } from '@parley/contracts';
import { ApiClient, codeOf, RawClient, type Answer } from '@parley/harness';
import type { Row } from './matrix.js';
import type { Scene } from './scenes.js';

/** What came back, as the matrix has it, and all that could tell one answer from another. */
export interface Told {
  answer: string;
  content: unknown;
}

/** Does what the row says, as the one who asks in the scene. */
export async function ask(url: string, [action, , , payloadOf]: Row, scene: Scene): Promise<Told> {
  const [method, path] = action.split(' ');
  const payload = await payloadOf?.(scene);
  if (path !== undefined)
    return byRest(scene.me?.user.api ?? new ApiClient(url), method, pathFor(path, scene), payload);
  if (scene.me) return bySocket(await (await scene.me.online()).request(action, payload));
  return withoutSession(url, action, payload);
}

function pathFor(path: string, { conversation_id, message_id, user_id }: Scene): string {
  const named: Record<string, string> = {
    conversation_id,
    group_id: conversation_id,
    message_id,
    user_id,
    emoji: encodeURIComponent('👍'),
    device_id: 'tablet',
  };
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => named[name] ?? `no ${name} in this scene`);
}

async function byRest(api: ApiClient, method: string, path: string, payload?: object): Promise<Told> {
  const carried = method === 'GET' ? { query: payload as Record<string, string> | undefined } : { body: payload };
  const { status, body } = await api.request(method, path, {
    headers: { 'idempotency-key': randomUUID() },
    ...carried,
  });
  const content = { status, ...(body as object | null), request_id: 'its own' };
  return { answer: status < 300 ? 'yes' : String(status), content };
}

function bySocket(content: Answer): Told {
  const code = codeOf(content);
  return { answer: code ? String(ERRORS[code].status) : 'yes', content };
}

/** An event before a CONNECT ends the connection, unanswered: as good as a 401. */
async function withoutSession(url: string, event: string, payload: object = {}): Promise<Told> {
  const client = await RawClient.open(url);
  client.send(`420${JSON.stringify([event, payload])}`);
  await client.untilClosed();
  const isSilent = client.frames.every((frame) => frame.startsWith('0'));
  return { answer: isSilent ? '401' : 'answered', content: client.frames };
}
