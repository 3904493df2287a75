import { ERRORS, type EntryView, type ErrorCode } from '@parley/contracts';
import {
  monotonicMs,
  observedEntry,
  observedInbox,
  type Observations,
  type Random,
  type TestUser,
} from '@parley/harness';
import { Ledger, type Submission } from './ledger.js';
import { placesOf, type Party, type Walker } from './party.js';

/** How often each step is taken, of all a person takes. */
const STEPS = {
  send: 30,
  edit: 10,
  react: 12,
  delete: 3,
  read: 8,
  typing: 5,
  presence: 4,
  watch: 3,
  pull: 4,
  history: 4,
  inbox: 4,
  loseTransport: 4,
  goAway: 4,
  membership: 4,
  role: 2,
  title: 1,
  mute: 2,
  block: 2,
};
const EMOJI = ['👍', '🎉', ':tada:'];
const AWAY_MS = 600;

/** What there is to say about somebody else's doings is a refusal with one of these. */
const EXPECTED: ReadonlySet<string> = new Set(['not_found', 'forbidden', 'conflict']);

/** One person's way through the product, step by step, each drawn from the seed. */
export class Walk {
  readonly reads: Observations['reads'] = [];
  readonly inboxes: Observations['inboxes'] = [];
  /** Answers that nobody should get. */
  readonly surprises: string[] = [];

  constructor(
    private readonly party: Party,
    private readonly user: TestUser,
    private readonly random: Random,
    private readonly ledger: Ledger,
    /** Messages that everybody talks about: ids, by conversation. */
    private readonly messages: Map<string, string[]>,
  ) {}

  /** Walks until `goesOn` says no more. Answers how many steps it took. */
  async run(goesOn: () => boolean): Promise<number> {
    let steps = 0;
    for (; goesOn(); steps++) await this.step(this.random.weighted(STEPS));
    return steps;
  }

  private async step(step: keyof typeof STEPS): Promise<void> {
    const conversation_id = this.random.pick(placesOf(this.party, this.user));
    const walker = this.random.pick(this.party.walkers.filter(({ user }) => user === this.user));
    const { client } = walker;
    const { api } = this.user;
    if (step === 'send' || step === 'edit' || step === 'react' || step === 'delete') {
      return this.submit(walker, step, conversation_id);
    }
    if (step === 'typing') return this.ask(walker, 'typing', { conversation_id, typing: this.random.chance(0.7) });
    if (step === 'presence') {
      return this.ask(walker, 'presence:set', { status: this.random.pick(['online', 'away']) });
    }
    if (step === 'watch') {
      const user_ids = [this.random.pick(this.party.people).userId];
      return this.ask(walker, this.random.pick(['presence:watch', 'presence:unwatch']), { user_ids });
    }
    if (step === 'pull') {
      return this.ask(walker, 'sync:pull', { conversation_id, after_seq: this.random.below(20), limit: 50 });
    }
    if (step === 'read') return this.markRead(walker, conversation_id);
    if (step === 'history') return this.readHistory();
    if (step === 'inbox') {
      this.inboxes.push(observedInbox(this.user.userId, (await api.inbox({ limit: 200 })).items));
      return;
    }
    if (step === 'loseTransport' && client.session) return client.loseTransport();
    if (step === 'goAway') return this.goAway(walker);
    if (step === 'mute') {
      return this.call('PUT', `/conversations/${conversation_id}/mute`, { muted: this.random.chance(0.5) });
    }
    if (step === 'block') return this.block();
    return this.govern(step);
  }

  private async submit(walker: Walker, step: 'send' | 'edit' | 'react' | 'delete', conversationId: string) {
    const known = this.messages.get(conversationId) ?? [];
    const targetId = step === 'send' || known.length === 0 ? null : this.random.pick(known);
    const content = { type: 'text', text: `${walker.name}: ${this.random.below(1e9)}` } as const;
    const submission: Submission = { conversationId, targetId };
    if (targetId === null || step === 'edit') submission.content = content;
    else if (step === 'react') {
      Object.assign(submission, { emoji: this.random.pick(EMOJI), op: this.random.chance(0.7) ? 'add' : 'remove' });
    }
    const { name, user, client } = walker;
    const isBySocket = this.random.chance(0.75) && client.session !== null;
    const sent = isBySocket
      ? await this.ledger.bySocket(client, name, user, submission)
      : await this.ledger.byRest(name, user, submission);
    if (sent && targetId === null) this.messages.set(conversationId, [...known, sent.message_id].slice(-30));
  }

  private async markRead(walker: Walker, conversation_id: string): Promise<void> {
    const seq = walker.client.timeline.position(conversation_id) ?? 0;
    if (this.random.chance(0.5)) return this.call('PUT', `/conversations/${conversation_id}/read`, { seq });
    return this.ask(walker, 'receipt:read', { conversation_id, seq });
  }

  /** Of the steady group: a page of the newest, which must hold what was accepted before. */
  private async readHistory(): Promise<void> {
    const startedAt = monotonicMs();
    const { items } = await this.user.api.history(this.party.steady, { limit: 50 });
    const entries = items.toReversed().map((entry: EntryView) => observedEntry(entry));
    this.reads.push({ conversation: this.party.steady, startedAt, entries });
  }

  private async goAway({ client }: Walker): Promise<void> {
    client.disconnect();
    await new Promise((resolve) => setTimeout(resolve, this.random.below(AWAY_MS)));
    client.connect();
  }

  private block(): Promise<void> {
    const [one, other] = this.party.people;
    if (this.user !== one && this.user !== other) return Promise.resolve();
    const whom = this.user === one ? other : one;
    return this.call(this.random.chance(0.3) ? 'PUT' : 'DELETE', `/blocks/${whom.userId}`);
  }

  private govern(step: 'membership' | 'role' | 'title' | 'loseTransport'): Promise<void> {
    const { people, floating, steady } = this.party;
    if (step === 'title') return this.call('PATCH', `/groups/${steady}`, { title: `Title ${this.random.below(1e6)}` });
    if (step === 'role') {
      const role = this.random.pick(['admin', 'member']);
      return this.call('PUT', `/groups/${steady}/members/${this.random.pick(people.slice(1)).userId}`, { role });
    }
    if (step !== 'membership') return Promise.resolve();
    const path = `/groups/${floating}/members/${this.random.pick(people.slice(-2)).userId}`;
    return this.random.chance(0.5) ? this.call('PUT', path, {}) : this.call('DELETE', path);
  }

  /** A connection that goes, or is not there, answers nothing: that is no surprise. */
  private async ask({ client }: Walker, event: string, payload: object): Promise<void> {
    if (client.session === null) return;
    const answer = await client.request(event, payload).catch(() => null);
    if (answer?.ok === false) this.judge(event, answer.error.code);
  }

  private async call(method: string, path: string, body?: object): Promise<void> {
    const answer = await this.user.api.request<{ code?: ErrorCode } | null>(method, path, body ? { body } : {});
    if (answer.status >= 400) this.judge(`${method} ${path}`, answer.body?.code ?? `status ${answer.status}`);
  }

  private judge(what: string, code: string): void {
    const isTransient = code !== 'internal' && ERRORS[code as ErrorCode]?.retryable;
    if (!EXPECTED.has(code) && !isTransient) this.surprises.push(`${what}: ${code}`);
  }
}
