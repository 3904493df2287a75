import { errors } from 'cassandra-driver';

interface Waiting {
  begin: () => void;
  refuse: (reason: Error) => void;
  /** By the monotonic clock. */
  until: number;
}

/**
 * Lets so many pieces of work run at a time; the others wait for their turn, first come, first served. Whoever has waited
 * for longer than `patienceMs` is refused instead: where more comes than is done, the queue would grow without end, and who
 * asked has long gone.
 */
export class RequestSlots {
  private readonly waiting: Waiting[] = [];

  constructor(
    private free: number,
    private readonly patienceMs: number,
  ) {}

  /** Rejects with the driver's own error of time where the turn came too late. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      this.handOn();
    }
  }

  private turn(): Promise<void> {
    const until = performance.now() + this.patienceMs;
    return new Promise((begin, refuse) => this.waiting.push({ begin, refuse, until }));
  }

  /** A slot goes from hand to hand: nobody who comes meanwhile gets in between. */
  private handOn(): void {
    const now = performance.now();
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      if (now < next.until) return next.begin();
      next.refuse(new errors.OperationTimedOutError(`too many requests: no turn within ${this.patienceMs} ms`));
    }
    this.free += 1;
  }
}
