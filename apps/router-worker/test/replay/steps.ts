import { setImmediate as settled } from 'node:timers/promises';
import type { Random } from '@parley/harness';

/** A process, or a device: whoever's steps stop when it dies and wait while it is frozen. */
export class Actor {
  /** Dead: what it was waiting for never comes, like everything behind it. */
  dead = false;
  /** Paused (SIGSTOP): its steps wait, also those that are already on their way to the store. */
  frozen = false;

  /** `weight`: how often its steps are chosen, compared with those of others. */
  constructor(
    readonly name: string,
    readonly weight: number,
  ) {}
}

/** Where single rows go. */
export interface RowSink {
  write(rows: readonly unknown[]): Promise<void>;
}

interface Step {
  actor: Actor;
  /** So many steps are taken before it, where there are others to take. */
  notBefore: number;
  does: { call: () => Promise<void> } | RowOnItsWay;
}

/** Several of them may be applied in one step. */
interface RowOnItsWay {
  sink: RowSink;
  row: unknown;
  applied: () => void;
}

/** The most rows that one step applies. */
const BURST = 8;
/** Some calls and rows take far longer than others: what comes after them overtakes them, and whole batches do. */
const SLOW = 0.1;
const SLOWEST = 150;

/**
 * The interleaving of a run. Whatever an actor asks of a port becomes a step that waits here, and a write becomes one step a
 * row; chance alone says which is next. So every subset and order of a write's rows is seen by somebody, a crash falls
 * between any two steps, and the rows of a process that lost its partition arrive at any later time.
 *
 * Between two steps everybody runs until it waits for a step of its own: no timer and no input or output is on the way then,
 * so that the same seed gives the same run.
 */
export class Steps {
  /** What was chosen so far, as a number (FNV-1a over the actors' names): equal runs have equal ones. */
  trace = 0x811c9dc5;
  taken = 0;
  private waiting: Step[] = [];

  constructor(private readonly random: Random) {}

  /** Resolves with the answer of `action`, which runs when it is its turn. */
  take<T>(actor: Actor, action: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.enqueue(actor, { call: () => action().then(resolve, reject) });
    });
  }

  /** Resolves when the last row is applied. */
  async write(actor: Actor, sink: RowSink, rows: readonly unknown[]): Promise<void> {
    const apply = (row: unknown) => new Promise<void>((applied) => this.enqueue(actor, { sink, row, applied }));
    await Promise.all(rows.map(apply));
  }

  /** Waits until everybody waits, and takes one step. False where nobody has one to take. */
  async next(): Promise<boolean> {
    await settled();
    this.waiting = this.waiting.filter(({ actor }) => !actor.dead);
    const able = this.waiting.filter(({ actor }) => !actor.frozen);
    if (able.length === 0) return false;
    const due = able.filter(({ notBefore }) => notBefore <= this.taken);
    const ready = due.length > 0 ? due : able;
    const step = this.choose(ready);
    this.note(step);
    await ('call' in step.does ? this.call(step, step.does.call) : this.applyRows(step, ready));
    return true;
  }

  private enqueue(actor: Actor, does: Step['does']): void {
    const notBefore = this.random.chance(SLOW) ? this.taken + this.random.below(SLOWEST) : 0;
    this.waiting.push({ actor, notBefore, does });
  }

  private choose(ready: readonly Step[]): Step {
    const actors = [...new Set(ready.map(({ actor }) => actor))];
    let left = this.random.next() * actors.reduce((sum, { weight }) => sum + weight, 0);
    const chosen = actors.find(({ weight }) => (left -= weight) < 0) ?? actors[0];
    return this.random.pick(ready.filter(({ actor }) => actor === chosen));
  }

  private note({ actor, does }: Step): void {
    this.taken += 1;
    for (const unit of `${actor.name}${'call' in does ? '?' : '!'}`) {
      this.trace = Math.imul(this.trace ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    }
  }

  private async call(step: Step, call: () => Promise<void>): Promise<void> {
    this.waiting.splice(this.waiting.indexOf(step), 1);
    await call();
  }

  /** Rows of anybody, in random order. One write a sink: it keeps their order, and the disk is asked less often. */
  private async applyRows(first: Step, ready: readonly Step[]): Promise<void> {
    const others = this.random.shuffled(ready.filter((step) => step !== first && 'row' in step.does));
    const burst = new Set([first, ...others.slice(0, this.random.below(BURST))]);
    this.waiting = this.waiting.filter((step) => !burst.has(step));
    const rows = [...burst].flatMap(({ does }) => ('row' in does ? [does] : []));
    const bySink = new Map<RowSink, unknown[]>();
    for (const { sink, row } of rows) bySink.set(sink, [...(bySink.get(sink) ?? []), row]);
    await Promise.all([...bySink].map(([sink, some]) => sink.write(some)));
    // In an order of ours: which of two writes ends first is the disk's affair.
    for (const { applied } of rows) applied();
  }
}
