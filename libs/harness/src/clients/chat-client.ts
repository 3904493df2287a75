import type {
  Content,
  EntryView,
  MessageBatch,
  Pulled,
  SessionClosed,
  SessionReady,
  SyncDone,
} from '@parley/contracts';
import { io, type Socket } from 'socket.io-client';
import { faultsOfAcknowledgement, faultsOfEvent, faultsOfRefusal } from '../documents/socket-document.js';
import { AckSchedule } from './ack-schedule.js';
import type { Answer } from './answers.js';
import type { Sent } from './api-client.js';
import { Changes, monotonicMs, type UntilOptions } from './changes.js';
import type { Acknowledged, ChatClientOptions, ConnectRefusal, Received } from './chat-records.js';
import { GapRepair, type Pull } from './gap-repair.js';
import { SendAttempts, type SendRequest } from './send-attempts.js';
import { Timeline } from './timeline.js';

const ANSWER_WITHIN_MS = 15_000;
const VERDICT_WITHIN_MS = 60_000;
const LIVE_EVENTS: ReadonlySet<string> = new Set([
  'message:new',
  'message:edit',
  'message:delete',
  'message:react',
  'conversation:updated',
]);

/**
 * A client as the protocol describes one, on the socket.io-client library: it keeps positions, drops what it has, pulls
 * what it lacks, acknowledges, retries with the same key, and comes back after a loss of the transport. It records what
 * came over the wire and what it showed, so that tests can compare both.
 */
export class ChatClient {
  readonly socket: Socket;
  readonly wire: Received[] = [];
  readonly acknowledged: Acknowledged[] = [];
  /** Monotonic milliseconds at which each connection began; the first is connection 1. */
  readonly connectedAt: number[] = [];
  /** CONNECT_ERRORs and failed transports, in order. */
  readonly refusals: ConnectRefusal[] = [];
  /** Why the server ended sessions of this client, in order. */
  readonly closings: SessionClosed[] = [];
  /** What came that docs/asyncapi.json does not describe so. */
  readonly undocumented: string[] = [];
  readonly timeline: Timeline;
  readonly sends: SendAttempts;
  session: SessionReady | null = null;
  sync: SyncDone | null = null;
  private finalRefusal: ConnectRefusal | null = null;
  private readonly changes = new Changes();
  private readonly repair: GapRepair;
  private readonly acks: AckSchedule;

  constructor(private readonly options: ChatClientOptions) {
    this.timeline = new Timeline(options.positions);
    this.repair = new GapRepair(
      this.timeline,
      (request) => this.pullForRepair(request),
      (conversationId) => this.progressed(conversationId, 'atOnce'),
    );
    this.acks = new AckSchedule(options.ackEveryMs ?? 100, (positions) => {
      // Lost with its connection: the next sync starts at the cursor.
      this.ack(positions).catch(() => undefined);
    });
    this.sends = new SendAttempts(
      (request) => this.attempt(request),
      () => this.changes.announce(),
    );
    this.socket = io(options.url, {
      autoConnect: false,
      forceNew: true,
      transports: options.transports ?? ['websocket'],
      reconnectionDelay: 50,
      reconnectionDelayMax: 500,
      auth: (give) => give(this.handshake()),
    });
    this.listen();
  }

  /** Connects, or comes back after `disconnect` or after the server's. */
  connect(): this {
    this.finalRefusal = null;
    this.socket.connect();
    return this;
  }

  /** A clean goodbye; the client stays away until `connect`. */
  disconnect(): void {
    this.socket.disconnect();
  }

  /** Loses the transport, as a phone in a tunnel does; the library comes back by itself. */
  loseTransport(): void {
    this.socket.io.engine.close();
  }

  /** Resolves on a connection that has its `session:ready`; rejects at once where the server refused for good. */
  ready(timeoutMs?: number): Promise<void> {
    const isReady = (): boolean => {
      if (this.finalRefusal) throw this.finalRefusal;
      return this.session !== null;
    };
    return this.until(isReady, { timeoutMs, what: `session:ready on ${this.options.deviceId}` });
  }

  /** Resolves on a connection that has its `sync:done`. */
  synced(timeoutMs?: number): Promise<void> {
    return this.until(() => this.sync !== null, { timeoutMs, what: `sync:done on ${this.options.deviceId}` });
  }

  /** Waits for a condition on anything this client records. */
  until(condition: () => boolean, options?: UntilOptions): Promise<void> {
    return this.changes.until(condition, options);
  }

  /** Waits until it has shown this entry. */
  untilShown(conversationId: string, seq: number, timeoutMs?: number): Promise<void> {
    return this.until(() => (this.timeline.position(conversationId) ?? 0) >= seq, {
      timeoutMs,
      what: `seq ${seq} of ${conversationId} on ${this.options.deviceId}`,
    });
  }

  /** Emits any event and resolves to its acknowledgement; rejects after 15 s or when the connection goes. */
  async request<T extends object = Record<string, unknown>>(event: string, payload?: unknown): Promise<Answer<T>> {
    const args = payload === undefined ? [] : [payload];
    const answer: unknown = await this.socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, ...args);
    this.undocumented.push(...faultsOfAcknowledgement(event, answer));
    return answer as Answer<T>;
  }

  /** Sends until there is a verdict, at most 60 s. */
  send(conversationId: string, content: Content | string, more: Partial<SendRequest> = {}): Promise<Answer<Sent>> {
    const body: Content = typeof content === 'string' ? { type: 'text', text: content } : content;
    return this.sends.send({ ...more, conversation_id: conversationId, content: body }, VERDICT_WITHIN_MS);
  }

  /** Acknowledges, and records what becomes of it. */
  async ack(positions: Record<string, number>): Promise<Answer> {
    const { connection } = this;
    const acknowledged: Acknowledged = { positions, answer: null, answeredAt: null, connection };
    this.acknowledged.push(acknowledged);
    acknowledged.answer = await this.request('message:ack', { positions });
    acknowledged.answeredAt = monotonicMs();
    this.changes.announce();
    return acknowledged.answer;
  }

  pull(conversationId: string, afterSeq: number, limit = 200): Promise<Answer<Pulled>> {
    return this.request('sync:pull', { conversation_id: conversationId, after_seq: afterSeq, limit });
  }

  /** Everything up to `seq` is acknowledged, and the server has said so. */
  untilAcknowledged(conversationId: string, seq: number): Promise<void> {
    return this.until(
      () => this.acknowledged.some(({ positions, answer }) => answer?.ok && (positions[conversationId] ?? 0) >= seq),
      { what: `an acknowledged seq ${seq} of ${conversationId} on ${this.options.deviceId}` },
    );
  }

  /** What came over the wire under this event's name, on this connection or on all. */
  received<T = unknown>(event: string, connection?: number): T[] {
    return this.wire
      .filter((one) => one.event === event && (connection === undefined || one.connection === connection))
      .map(({ payload }) => payload as T);
  }

  get connection(): number {
    return this.connectedAt.length;
  }

  private listen(): void {
    this.socket.on('connect', () => {
      this.connectedAt.push(monotonicMs());
      this.timeline.connection = this.connection;
      this.changes.announce();
    });
    this.socket.on('disconnect', () => this.endConnection());
    this.socket.on('connect_error', (error: ConnectRefusal) => {
      this.refusals.push(error);
      // A refusal by the server has data and is final; a transport that failed is tried again by the library.
      if (error.data) {
        this.finalRefusal = error;
        this.undocumented.push(...faultsOfRefusal(error));
      }
      this.changes.announce();
    });
    this.socket.onAny((event: string, payload: unknown) => {
      this.wire.push({ event, payload, at: monotonicMs(), connection: this.connection });
      this.undocumented.push(...faultsOfEvent(event, payload));
      this.take(event, payload);
      this.changes.announce();
    });
  }

  private take(event: string, payload: unknown): void {
    if (event === 'session:ready') this.session = payload as SessionReady;
    else if (event === 'sync:done') this.sync = payload as SyncDone;
    else if (event === 'session:closed') this.closings.push(payload as SessionClosed);
    else if (event === 'message:batch') this.takeBatch(payload as MessageBatch);
    else if (event === 'heads') this.takeHeads(payload as { positions: Record<string, number> });
    else if (LIVE_EVENTS.has(event)) this.takeLive(payload as EntryView);
  }

  private takeLive(entry: EntryView): void {
    const effect = this.timeline.live(entry);
    if (effect === 'shown') this.progressed(entry.conversation_id, 'later');
    if (effect === 'gap') void this.repair.want(entry.conversation_id, entry.seq);
  }

  private takeBatch(batch: MessageBatch): void {
    this.timeline.batch(batch);
    if (this.options.acks !== 'off') this.acks.atOnce(batch.conversation_id, batch.to_seq);
  }

  /** A conversation whose position is not known begins with its first entry, not with its head. */
  private takeHeads({ positions }: { positions: Record<string, number> }): void {
    for (const [conversationId, seq] of Object.entries(positions)) {
      if (this.timeline.position(conversationId) !== undefined) void this.repair.want(conversationId, seq);
    }
  }

  private progressed(conversationId: string, when: 'later' | 'atOnce'): void {
    const position = this.timeline.position(conversationId);
    if (position !== undefined && this.options.acks !== 'off') this.acks[when](conversationId, position);
    this.changes.announce();
  }

  private async pullForRepair(request: Parameters<Pull>[0]): Promise<Pulled | null> {
    const answer = await this.request<Pulled>('sync:pull', request).catch(() => null);
    return answer?.ok ? answer : null;
  }

  private async attempt(request: SendRequest): Promise<Answer<Sent>> {
    await this.ready(VERDICT_WITHIN_MS);
    return this.request<Sent>('message:send', request);
  }

  private handshake(): Record<string, unknown> {
    const { token, deviceId, reportsPositions, auth } = this.options;
    return {
      token: token(),
      device_id: deviceId,
      protocol: 1,
      ...(reportsPositions ? { after_seq: Object.fromEntries(this.timeline.positions) } : {}),
      ...auth,
    };
  }

  private endConnection(): void {
    this.session = null;
    this.sync = null;
    this.acks.forget();
    this.changes.announce();
  }
}
