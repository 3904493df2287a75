import { Injectable, Logger } from '@nestjs/common';
import { answeredWithin, limits, rejected, type Rejection, type TypingDto } from '@parley/contracts';
import { ContactDirectory } from '@parley/entities';
import { sessionIdsByGateway, SessionRegistry } from '@parley/sessions';
import { Signals, type TypingSignal } from '@parley/signals';
import type { Session } from '../connections/session.js';
import { HeldLease } from '../leasing/held-lease.js';
import { TypingReceiver } from './typing-receiver.js';

/** What a session says about a conversation goes out once in this time: the first word at once, the last one after it. */
export const TELL_EVERY_MS = 500;
/** Conversations in which one session types at the same time. */
const MOST_AT_ONCE = 20;
const ASK_WITHIN_MS = 2_000;

type Outcome = { ok: true } | Rejection;

/** The time after something was told about one conversation. */
interface Turn {
  outcome: Promise<Outcome>;
  told: boolean;
  /** What the session said last. */
  latest: boolean;
}

/**
 * `typing`: told to the sessions of the other members, on whatever gateway, and kept nowhere. Who may type and who is
 * told is asked anew for each word that goes out; what comes within its turn shares its answer, so that a removal or a
 * block holds after `TELL_EVERY_MS` at the latest, and a burst costs one look-up. At best: where the registry is away,
 * nobody is told.
 */
@Injectable()
export class TellTyping {
  private readonly logger = new Logger(TellTyping.name);
  /** By conversation. */
  private readonly turns = new WeakMap<Session, Map<string, Turn>>();

  constructor(
    private readonly contacts: ContactDirectory,
    private readonly registry: SessionRegistry,
    private readonly receiver: TypingReceiver,
    private readonly signals: Signals,
    private readonly lease: HeldLease,
  ) {}

  async execute(session: Session, word: TypingDto): Promise<Outcome> {
    const turns = this.turns.get(session) ?? new Map<string, Turn>();
    this.turns.set(session, turns);
    const turn = turns.get(word.conversation_id);
    if (turn) {
      turn.latest = word.typing;
      return turn.outcome;
    }
    if (turns.size >= MOST_AT_ONCE) return rejected('rate_limited', undefined, { retryAfterMs: TELL_EVERY_MS });
    return this.begin(session, turns, word);
  }

  private begin(session: Session, turns: Map<string, Turn>, word: TypingDto): Promise<Outcome> {
    const { conversation_id: id, typing } = word;
    const turn: Turn = { outcome: this.tell(session.identity.userId, word), told: typing, latest: typing };
    turns.set(id, turn);
    const end = () => {
      turns.delete(id);
      if (turn.latest === turn.told || session.closed) return;
      // Whoever said it has its answer already.
      this.begin(session, turns, { conversation_id: id, typing: turn.latest }).catch(() => undefined);
    };
    setTimeout(end, TELL_EVERY_MS).unref();
    return turn.outcome;
  }

  private async tell(userId: string, { conversation_id, typing }: TypingDto): Promise<Outcome> {
    const asked = { engine: 'postgres', operation: 'find who is told typing' } as const;
    const others = await answeredWithin(ASK_WITHIN_MS, asked, () =>
      this.contacts.companions(conversation_id, userId, limits.SMALL_GROUP_MEMBERS),
    );
    if (others === null) return rejected('not_found', 'No such conversation');
    await this.spread(others, { type: 'typing', conversation_id, user_id: userId, typing });
    return { ok: true };
  }

  /** Never rejects. */
  private async spread(userIds: readonly string[], word: Omit<TypingSignal, 'session_ids'>): Promise<void> {
    try {
      const found = await this.registry.sessionsOf(userIds);
      const told = [...sessionIdsByGateway([...found.values()].flat())].map(async ([gateway, session_ids]) => {
        const signal = { ...word, session_ids };
        if (gateway !== this.lease.gateway) return this.signals.publish(signal, `gateway:${gateway}`);
        return this.receiver.take(signal);
      });
      await Promise.all(told);
    } catch (error) {
      this.logger.debug(`typing is not told: ${String(error)}`);
    }
  }
}
