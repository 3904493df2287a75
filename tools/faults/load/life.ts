import { setMaxListeners } from 'node:events';
import { setTimeout as passed } from 'node:timers/promises';
import {
  ApiError,
  monotonicMs,
  observedEntry,
  observedInbox,
  type ObservedInbox,
  type ObservedRead,
  type Random,
} from '@parley/harness';
import type { Device, People } from './people.js';

/** Means between two events of a kind, in milliseconds. */
const TABLET_EVERY_MS = 1_500;
const TUNNEL_EVERY_MS = 2_000;
const MEMBERSHIP_EVERY_MS = 1_500;
const READ_EVERY_MS = 1_000;
/** A tablet returns after so long. */
const AWAY_MS = { least: 2_000, most: 15_000 };
const PAGE = 200;

/**
 * What people do beside sending: tablets go and return, laptops lose their transport, members leave groups and join them
 * again, histories and lists of conversations are read. What the API refuses is left at that.
 */
export class Life {
  readonly reads: ObservedRead[] = [];
  readonly inboxes: ObservedInbox[] = [];
  /** Answers of the API that were no success: their codes, or what came instead of one. */
  readonly refusals: string[] = [];
  private readonly ended = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly people: People,
    private readonly random: Random,
  ) {
    // One for each tablet that is away, and more.
    setMaxListeners(0, this.ended.signal);
  }

  start(): void {
    this.running = Promise.all([
      this.everyNowAndThen(TABLET_EVERY_MS, () => this.takeTabletAway()),
      this.everyNowAndThen(TUNNEL_EVERY_MS, () => this.loseTransport()),
      this.everyNowAndThen(MEMBERSHIP_EVERY_MS, () => this.changeMembership()),
      this.everyNowAndThen(READ_EVERY_MS, () => this.readHistory()),
      this.everyNowAndThen(READ_EVERY_MS, () => this.readInbox()),
    ]);
  }

  /** Resolves when nothing of it is under way. */
  async stop(): Promise<void> {
    this.ended.abort();
    await this.running;
  }

  private async everyNowAndThen(meanMs: number, act: () => Promise<void> | void): Promise<void> {
    while (!this.ended.signal.aborted) {
      await this.pause(2 * meanMs * this.random.next());
      if (!this.ended.signal.aborted) await act();
    }
  }

  private pause(ms: number): Promise<void> {
    return passed(ms, undefined, { signal: this.ended.signal }).catch(() => undefined);
  }

  private takeTabletAway(): void {
    const present = this.people.tablets.filter(({ away }) => !away);
    if (present.length > 0) void this.stayAway(this.random.pick(present));
  }

  private async stayAway(tablet: Device): Promise<void> {
    tablet.away = true;
    tablet.client.disconnect();
    await this.pause(this.random.between(AWAY_MS.least, AWAY_MS.most));
    tablet.client.connect();
    tablet.away = false;
  }

  private loseTransport(): void {
    const laptops = this.people.senders.filter(({ client }) => client.session !== null);
    if (laptops.length > 0) this.random.pick(laptops).client.loseTransport();
  }

  private async changeMembership(): Promise<void> {
    const groups = this.people.places.filter(({ floating }) => floating.length > 0);
    if (groups.length === 0) return;
    const { conversationId, members, floating } = this.random.pick(groups);
    const user = this.random.pick(floating);
    const [owner] = members;
    const actor = this.random.chance(0.5) ? owner : user;
    // Whoever is a member leaves or is removed, whoever is none is added: the API says which.
    await this.ask(async () => {
      const removed = await actor.api.request('DELETE', `/groups/${conversationId}/members/${user.userId}`);
      if (removed.status === 404) await owner.api.addMember(conversationId, user.userId);
      else if (removed.status >= 400) this.refusals.push(codeIn(removed.body));
    });
  }

  private async readHistory(): Promise<void> {
    const { conversationId, members } = this.random.pick(this.people.places);
    const startedAt = monotonicMs();
    await this.ask(async () => {
      const page = await members[0].api.history(conversationId, { limit: PAGE });
      const entries = page.items.toReversed().map(observedEntry);
      this.reads.push({ conversation: conversationId, startedAt, entries });
    });
  }

  private async readInbox(): Promise<void> {
    const { userId, api } = this.random.pick(this.people.users);
    await this.ask(async () => {
      const { items } = await api.inbox({ limit: PAGE });
      this.inboxes.push(observedInbox(userId, items));
    });
  }

  private async ask(request: () => Promise<void>): Promise<void> {
    try {
      await request();
    } catch (error) {
      this.refusals.push(error instanceof ApiError ? codeIn(error.problem) : String(error));
    }
  }
}

function codeIn(body: unknown): string {
  const code = (body as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : `no code: ${JSON.stringify(body)}`;
}
