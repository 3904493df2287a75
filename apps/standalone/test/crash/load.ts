/** The clients of the crash test, in a process of their own: they know the server only over its port. */
import {
  ApiClient,
  ChatClient,
  monotonicMs,
  observedDevice,
  observedEntry,
  observedSends,
  type Kills,
  type ObservedRead,
} from '@parley/harness';
import type { FromLoad, LoadConversation, LoadResult, LoadUser, ToLoad } from './messages.js';

const DEVICES = ['phone', 'laptop'];
const READ_EVERY_MS = 500;
const CATCH_UP_WITHIN_MS = 30_000;
const REPEAT_AT_ONCE = 50;
/** What was acknowledged longer before a kill never comes again. */
const DURABLE_AFTER_MS = 200;

interface Sender {
  name: string;
  user: number;
  client: ChatClient;
}

class Load {
  private readonly senders: Sender[];
  /** A device that stays away from the first entry to the end. */
  private readonly absentee: ChatClient;
  private readonly api: ApiClient;
  private readonly reads: ObservedRead[] = [];
  private readonly kills: number[] = [];
  private readonly pending = new Set<Promise<unknown>>();
  private conversations: LoadConversation[] = [];
  private timers: NodeJS.Timeout[] = [];
  private sent = 0;

  constructor(
    private readonly url: string,
    private readonly users: LoadUser[],
  ) {
    this.senders = users.flatMap((_, user) =>
      DEVICES.map((device, n) => ({ name: `${user}-${device}`, user, client: this.client(user, device, n === 0) })),
    );
    this.absentee = this.client(0, 'tablet', false);
    this.api = new ApiClient(url);
    this.api.accessToken = users[0].token;
  }

  async connect(): Promise<void> {
    await Promise.all(
      [...this.senders.map(({ client }) => client), this.absentee].map((client) => client.connect().synced()),
    );
  }

  async start(conversations: LoadConversation[], sendsPerSecond: number): Promise<void> {
    this.conversations = conversations;
    const ofFirst = conversations.filter(({ members }) => members.includes(0));
    await Promise.all(ofFirst.map(({ conversationId }) => this.absentee.untilAcknowledged(conversationId, 1)));
    this.absentee.disconnect();
    const everyMs = 1_000 / sendsPerSecond;
    const begun = monotonicMs();
    // Open loop: what is due is sent, whatever became of what was sent before.
    this.timers.push(
      setInterval(() => {
        while (this.sent * everyMs < monotonicMs() - begun) this.sendOne();
      }, 5),
      setInterval(() => this.track(this.readOne()), READ_EVERY_MS),
    );
  }

  killed(at: number): void {
    this.kills.push(at);
  }

  get accepted(): number {
    return this.senders.reduce(
      (sum, { client }) => sum + client.sends.operations.filter(({ answer }) => answer?.ok).length,
      0,
    );
  }

  /** Stops sending, waits for every verdict and until every device has everything, and sends all keys once more. */
  async finish(): Promise<LoadResult> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.pending);
    this.absentee.connect();
    for (const { conversationId, members } of this.conversations) {
      const head = this.highestSeq(conversationId);
      const devices = this.senders.filter(({ user }) => members.includes(user)).map(({ client }) => client);
      if (members.includes(0)) devices.push(this.absentee);
      await Promise.all(devices.map((client) => client.untilShown(conversationId, head, CATCH_UP_WITHIN_MS)));
    }
    const repeated = await this.repeatAll();
    return { ...this.observations(), repeated };
  }

  private client(user: number, deviceId: string, reportsPositions: boolean): ChatClient {
    const { token } = this.users[user];
    return new ChatClient({ url: this.url, token: () => token, deviceId, reportsPositions });
  }

  private sendOne(): void {
    const n = this.sent++;
    const { client, user, name } = this.senders[n % this.senders.length];
    const own = this.conversations.filter(({ members }) => members.includes(user));
    const { conversationId } = own[Math.floor(n / this.senders.length) % own.length];
    this.track(client.send(conversationId, `${name}:${n}`));
  }

  private async readOne(): Promise<void> {
    const { conversationId } = this.conversations[0];
    const startedAt = monotonicMs();
    const page = await this.api.history(conversationId, { limit: 200 }).catch(() => null);
    if (!page) return;
    const entries = page.items.toReversed().map(observedEntry);
    this.reads.push({ conversation: conversationId, startedAt, entries });
  }

  private track(work: Promise<unknown>): void {
    const settled: Promise<unknown> = work.catch(() => undefined).finally(() => this.pending.delete(settled));
    this.pending.add(settled);
  }

  private highestSeq(conversationId: string): number {
    const operations = this.senders.flatMap(({ client }) => client.sends.operations);
    return operations
      .filter(({ request }) => request.conversation_id === conversationId)
      .reduce((highest, { answer }) => Math.max(highest, answer?.ok ? answer.seq : 0), 1);
  }

  /** Past the recorded sends on purpose: these are questions about them. */
  private async repeatAll(): Promise<LoadResult['repeated']> {
    const otherwise: string[] = [];
    const accepted = this.senders.flatMap(({ client }) =>
      client.sends.operations.flatMap(({ request, answer }) => (answer?.ok ? [{ client, request, answer }] : [])),
    );
    for (let from = 0; from < accepted.length; from += REPEAT_AT_ONCE) {
      const some = accepted.slice(from, from + REPEAT_AT_ONCE);
      const answers = await Promise.all(some.map(({ client, request }) => client.request('message:send', request)));
      for (const [index, { request, answer }] of some.entries()) {
        const again = JSON.stringify(answers[index]);
        if (again !== JSON.stringify(answer))
          otherwise.push(`${request.client_msg_id}: ${JSON.stringify(answer)}, ${again}`);
      }
    }
    return { keys: accepted.length, otherwise };
  }

  private observations(): Omit<LoadResult, 'repeated'> {
    const kills: Kills = { at: this.kills, durableAfterMs: DURABLE_AFTER_MS };
    const device = (client: ChatClient, user: number, name: string) =>
      observedDevice(client, { user: this.users[user].userId, device: name, since: {} }, kills);
    const sends = this.senders.flatMap(({ client, user, name }) =>
      observedSends(client, this.users[user].userId, name),
    );
    const devices = this.senders.map(({ client, user, name }) => device(client, user, name));
    devices.push(device(this.absentee, 0, '0-tablet'));
    return { sends, devices, reads: this.reads, retried: sends.filter(({ attempts }) => attempts > 1).length };
  }
}

let load: Load | null = null;

function tell(message: FromLoad): void {
  process.send?.(message);
}

async function obey(message: ToLoad): Promise<void> {
  if (message.type === 'connect') {
    load = new Load(message.url, message.users);
    await load.connect();
    tell({ type: 'connected' });
    return;
  }
  if (!load) throw new Error('Told to go on before it was told to connect');
  if (message.type === 'start') {
    await load.start(message.conversations, message.sendsPerSecond);
    setInterval(() => tell({ type: 'progress', accepted: load?.accepted ?? 0 }), 200).unref();
  } else if (message.type === 'kill') {
    load.killed(message.at);
  } else {
    tell({ type: 'finished', result: await load.finish() });
  }
}

process.on('message', (message: ToLoad) => {
  obey(message).catch((error: unknown) => tell({ type: 'failed', reason: String(error) }));
});
process.once('disconnect', () => process.exit());
