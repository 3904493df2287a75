import { setTimeout as passed } from 'node:timers/promises';
import {
  check,
  monotonicMs,
  observedDevice,
  observedEntry,
  observedSends,
  type ChatClient,
  type Observations,
  type ObservedEntry,
} from '@parley/harness';
import type { World } from './world.js';

const EVERY_MS = 200;
const WITHIN_MS = 10_000;

/** Two who chat while the server is under attack: what they notice of it is what is wrong. */
export class Bystanders {
  private readonly stopped = new AbortController();
  private readonly complaints: string[] = [];
  private chatting: Promise<void> | null = null;

  private constructor(
    private readonly world: World,
    private readonly hers: ChatClient,
    private readonly his: ChatClient,
  ) {}

  /** Connects them; they chat from now on. */
  static async start(world: World): Promise<Bystanders> {
    const [alice, bob] = world.bystanders;
    const bystanders = new Bystanders(world, await alice.online(), await bob.online());
    bystanders.chatting = bystanders.chat();
    return bystanders;
  }

  /** Ends their chat, and answers what they have to complain of: sends that took long, and every broken promise. */
  async stop(): Promise<string[]> {
    this.stopped.abort();
    await this.chatting;
    const histories = await Promise.all(this.world.kept.map((id) => this.world.bystanders[0].api.wholeHistory(id)));
    const arrived = [this.hers, this.his].flatMap((client) =>
      histories.map((history, index) => client.untilShown(this.world.kept[index], history.length, WITHIN_MS)),
    );
    // What does not come is what the check finds missing.
    await Promise.allSettled(arrived);
    const broken = check(this.observations(histories.map((history) => history.map(observedEntry))));
    for (const user of this.world.bystanders) user.leave();
    return [...this.complaints, ...broken.map(({ promise, detail }) => `the bystanders: ${promise} ${detail}`)];
  }

  private async chat(): Promise<void> {
    for (let sent = 1; !this.stopped.signal.aborted; sent++) {
      const [from, to] = sent % 2 === 0 ? [this.hers, this.his] : [this.his, this.hers];
      const conversationId = this.world.kept[sent % this.world.kept.length];
      const begun = monotonicMs();
      try {
        const answer = await from.send(conversationId, `still here ${sent}`);
        if (!answer.ok) throw new Error(`it was refused: ${answer.error.code}`);
        await to.untilShown(conversationId, answer.seq, WITHIN_MS);
      } catch (error) {
        this.complaints.push(`the bystanders: send ${sent} failed: ${String(error)}`);
      }
      const took = monotonicMs() - begun;
      if (took > WITHIN_MS) this.complaints.push(`the bystanders: send ${sent} took ${Math.round(took)} ms`);
      await passed(EVERY_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  /**
   * What attackers sent is in the conversations, too, and not on record here: of that the place counts, as of a send whose
   * outcome is unknown, and not the content.
   */
  private observations(histories: ObservedEntry[][]): Observations {
    const { kept, bystanders } = this.world;
    const own = new Set<string>(bystanders.map(({ userId }) => userId));
    const reduced = (entry: ObservedEntry): ObservedEntry =>
      own.has(entry.sender) ? entry : { ...entry, digest: null };
    const foreign = histories.flat().filter(({ sender, key }) => !own.has(sender) && key !== null);
    const devices = [this.hers, this.his].map((client, index) => {
      const user = bystanders[index].userId;
      const device = observedDevice(client, { user, device: `phone of ${user}`, since: {} });
      return { ...device, shown: device.shown.filter(({ conversation }) => kept.includes(conversation)).map(reduced) };
    });
    return {
      sends: [
        ...[this.hers, this.his].flatMap((client, index) => {
          const { userId } = bystanders[index];
          return observedSends(client, userId, userId);
        }),
        ...foreign.map(({ conversation, sender, key }) => ({
          client: sender,
          sender,
          conversation,
          key: key ?? '',
          digest: '',
          attempts: 1,
          invokedAt: 0,
          outcome: { result: 'unknown' as const },
        })),
      ],
      devices,
      conversations: kept.map((conversation, index) => ({
        conversation,
        history: histories[index].map(reduced),
        members: bystanders.map(({ userId }) => ({ user: userId, from: 1, to: null })),
      })),
      reads: [],
      inboxes: [],
    };
  }
}
