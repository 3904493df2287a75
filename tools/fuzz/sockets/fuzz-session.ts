import { RawClient } from '@parley/harness';

const WITHIN_MS = 10_000;
const ENTRIES = /^42\["(message:(?:new|edit|delete|react|batch)|conversation:updated)",/;
const ANSWER = /^43(\d+)(\[.*)$/s;

type Entry = { conversation_id: string; seq?: number; to_seq?: number };

/**
 * A session that sends what no client library would, and otherwise keeps to the protocol: what comes is acknowledged, so
 * that the server has no reason to end it.
 */
export class FuzzSession {
  /** What the server said when it ended the session; null while it has not. */
  closing: string | null = null;
  private readonly pending = new Map<number, (answer: unknown) => void>();
  private nextId = 0;
  private isReady = false;
  private refusal: string | null = null;
  private client: RawClient | null = null;

  private constructor(private readonly wake: () => void) {}

  /** Resolves with a session that is ready; rejects where the server has none for these credentials. */
  static async open(url: string, auth: Record<string, unknown>): Promise<FuzzSession> {
    let session: FuzzSession | null = null;
    const begun = new Promise<void>((resolve) => (session = new FuzzSession(resolve)));
    const opened = session as unknown as FuzzSession;
    opened.client = await RawClient.session(url, auth, { onFrame: (frame) => opened.take(frame) });
    await within(begun, 'session:ready');
    if (!opened.isReady) throw new Error(`no session: ${opened.refusal ?? opened.closing}`);
    return opened;
  }

  get isOpen(): boolean {
    return this.client !== null && this.client.closed === null && this.closing === null;
  }

  /** An event as JSON texts, answered within 10 s; rejects otherwise. */
  async ask(event: string, payloads: readonly string[]): Promise<unknown> {
    const id = this.nextId++;
    const answer = new Promise((resolve) => this.pending.set(id, resolve));
    this.send(`42${id}[${[event, ...payloads].join(',')}]`);
    try {
      return await within(answer, 'an answer');
    } finally {
      this.pending.delete(id);
    }
  }

  send(frame: string | Uint8Array): void {
    this.client?.send(frame);
  }

  drop(): void {
    this.client?.drop();
  }

  private take(frame: string): void {
    const [, id, answer] = ANSWER.exec(frame) ?? [];
    if (answer !== undefined) this.pending.get(Number(id))?.((JSON.parse(answer) as unknown[])[0]);
    else if (ENTRIES.test(frame)) this.acknowledge(frame);
    else if (frame.startsWith('42["session:closed"')) this.closing = frame;
    else if (frame.startsWith('42["session:ready"')) this.isReady = true;
    else if (frame.startsWith('44')) this.refusal = frame;
    if (this.isReady || this.refusal !== null || this.closing !== null) this.wake();
  }

  private acknowledge(frame: string): void {
    const [, { conversation_id, seq, to_seq }] = JSON.parse(frame.slice(2)) as [string, Entry];
    this.send(`42["message:ack",{"positions":{"${conversation_id}":${to_seq ?? seq}}}]`);
  }
}

async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${WITHIN_MS} ms: ${what}`)), WITHIN_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
