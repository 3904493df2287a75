import { randomBytes } from 'node:crypto';
import { ApiClient } from './api-client.js';
import { ChatClient } from './chat-client.js';
import type { ChatClientOptions } from './chat-records.js';

/** A person with an account and any number of devices. */
export class TestUser {
  readonly clients: ChatClient[] = [];

  private constructor(
    readonly userId: string,
    readonly handle: string,
    readonly password: string,
    readonly api: ApiClient,
  ) {}

  /** Registers a new account whose handle begins with `name`. */
  static async register(url: string, name = 'user'): Promise<TestUser> {
    const handle = `${name}_${randomBytes(6).toString('hex')}`;
    const password = randomBytes(12).toString('hex');
    const api = new ApiClient(url);
    const { user } = await api.register(handle, password);
    return new TestUser(user.user_id, handle, password, api);
  }

  /** A client of this user, not connected yet. */
  device(deviceId: string, options: Partial<ChatClientOptions> = {}): ChatClient {
    const client = new ChatClient({ url: this.api.url, token: () => this.api.accessToken, deviceId, ...options });
    this.clients.push(client);
    return client;
  }

  /** A client of this user, connected and synced. */
  async online(deviceId = 'phone', options: Partial<ChatClientOptions> = {}): Promise<ChatClient> {
    const client = this.device(deviceId, options).connect();
    await client.ready();
    await client.synced();
    return client;
  }

  /** What the server said to this user that the documents do not describe so. */
  get undocumented(): string[] {
    return [this.api, ...this.clients].flatMap(({ undocumented }) => undocumented);
  }

  /** Disconnects every client of this user. */
  leave(): void {
    for (const client of this.clients) client.disconnect();
  }
}
