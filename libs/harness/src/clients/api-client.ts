import { randomUUID } from 'node:crypto';
import type { Content, EntryView, ErrorCode, Role } from '@parley/contracts';
import { faultsOfAnswer } from '../documents/rest-document.js';

/** An answer of the REST API, whatever its status. */
export interface ApiAnswer<T = unknown> {
  status: number;
  headers: Headers;
  /** Parsed JSON; null where there is no body. */
  body: T;
}

/** RFC 9457, as the protocol fills it in. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: ErrorCode;
  errors?: { path: string; message: string }[];
  request_id: string;
  retry_after_ms?: number;
}

/** A refusal where the caller counted on success. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    request: string,
  ) {
    super(`${request} answered ${status} ${problem?.code ?? ''}: ${problem?.detail ?? problem?.title ?? ''}`);
    this.name = 'ApiError';
  }
}

export interface UserView {
  user_id: string;
  handle: string;
  display_name: string | null;
  avatar_url: string | null;
  created_at: string;
}

/** A pair of tokens; `expires_in` is in seconds. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  token_type: 'Bearer';
  expires_in: number;
}

export interface Session extends Tokens {
  user: UserView;
}

export interface ConversationView {
  conversation_id: string;
  kind: 'direct' | 'group';
  title: string | null;
  role: Role;
  member_count: number;
  peer: UserView | null;
  created_at: string;
  last_activity_at: string;
  last_seq: number;
  last_message: EntryView | null;
  read_seq: number;
  delivered_seq: number;
  unread_count: number;
}

export interface Sent {
  message_id: string;
  client_msg_id: string;
  seq: number;
  sent_at: string;
}

export interface HistoryPage {
  items: EntryView[];
  before: string | null;
  after: string | null;
}

export interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  query?: Record<string, string | number>;
  /** false: without the Authorization header. */
  authorized?: boolean;
}

/** The REST API as a program of an embedding product would use it; one client holds one user's tokens. */
export class ApiClient {
  accessToken = '';
  refreshToken = '';
  /** What came that docs/openapi.json does not describe so. */
  readonly undocumented: string[] = [];

  constructor(readonly url: string) {}

  /** One request; refusals are answers here. Rejects only where no answer came. */
  async request<T = unknown>(method: string, path: string, options: RequestOptions = {}): Promise<ApiAnswer<T>> {
    const url = new URL(`/api/v1${path}`, this.url);
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.append(name, String(value));
    const headers: Record<string, string> = { ...options.headers };
    if (options.authorized !== false && this.accessToken) headers.authorization ??= `Bearer ${this.accessToken}`;
    if (options.body !== undefined) headers['content-type'] ??= 'application/json';
    const body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
    const response = await fetch(url, { method, headers, body });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const { status, headers: received } = response;
    const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : null;
    const [pathOnly] = path.split('?');
    const contentType = received.get('content-type');
    this.undocumented.push(...faultsOfAnswer({ method, path: pathOnly, status, contentType, body: parsed }));
    return { status, headers: received, body: parsed as T };
  }

  /** The body of a successful answer; throws an `ApiError` for any other. */
  async call<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const { status, body } = await this.request<T>(method, path, options);
    if (status < 200 || status > 299) throw new ApiError(status, body as Problem, `${method} ${path}`);
    return body;
  }

  register(handle: string, password: string): Promise<Session> {
    return this.enter('/auth/register', { handle, password });
  }

  login(handle: string, password: string): Promise<Session> {
    return this.enter('/auth/login', { handle, password });
  }

  refresh(): Promise<Tokens> {
    return this.enter('/auth/refresh', { refresh_token: this.refreshToken });
  }

  async logout(): Promise<void> {
    await this.call('POST', '/auth/logout', { body: { refresh_token: this.refreshToken } });
  }

  direct(userId: string): Promise<ConversationView> {
    return this.call('POST', '/conversations/direct', { body: { user_id: userId } });
  }

  createGroup(title: string, memberIds: readonly string[] = []): Promise<ConversationView> {
    return this.call('POST', '/groups', { body: { title, member_ids: memberIds } });
  }

  async addMember(groupId: string, userId: string): Promise<void> {
    await this.call('PUT', `/groups/${groupId}/members/${userId}`, { body: {} });
  }

  async removeMember(groupId: string, userId: string): Promise<void> {
    await this.call('DELETE', `/groups/${groupId}/members/${userId}`);
  }

  rename(groupId: string, title: string): Promise<ConversationView> {
    return this.call('PATCH', `/groups/${groupId}`, { body: { title } });
  }

  conversation(conversationId: string): Promise<ConversationView> {
    return this.call('GET', `/conversations/${conversationId}`);
  }

  inbox(query: { cursor?: string; limit?: number } = {}): Promise<{
    items: ConversationView[];
    next_cursor: string | null;
  }> {
    return this.call('GET', '/conversations', { query });
  }

  history(
    conversationId: string,
    query: { before?: string; after?: string; limit?: number } = {},
  ): Promise<HistoryPage> {
    return this.call('GET', `/conversations/${conversationId}/messages`, { query });
  }

  /** The whole visible history, oldest first, page by page from the newest. */
  async wholeHistory(conversationId: string): Promise<EntryView[]> {
    const newestFirst: EntryView[] = [];
    let before: string | undefined;
    do {
      const page = await this.history(conversationId, { limit: 200, ...(before === undefined ? {} : { before }) });
      newestFirst.push(...page.items);
      before = page.before ?? undefined;
    } while (before !== undefined);
    return newestFirst.toReversed();
  }

  send(conversationId: string, content: Content, key: string = randomUUID()): Promise<Sent> {
    const headers = { 'idempotency-key': key };
    return this.call('POST', `/conversations/${conversationId}/messages`, { headers, body: { content } });
  }

  read(
    conversationId: string,
    seq: number,
  ): Promise<{ conversation_id: string; read_seq: number; unread_count: number }> {
    return this.call('PUT', `/conversations/${conversationId}/read`, { body: { seq } });
  }

  private async enter<T extends Tokens>(path: string, body: Record<string, string>): Promise<T> {
    const tokens = await this.call<T>('POST', path, { body, authorized: false });
    this.accessToken = tokens.access_token;
    this.refreshToken = tokens.refresh_token;
    return tokens;
  }
}
