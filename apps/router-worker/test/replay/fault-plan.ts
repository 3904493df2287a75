import type { Random } from '@parley/harness';

/**
 * What happens to the routers of a run:
 * - `crash`: a process dies between two steps. Rows on their way are lost, those already applied stay.
 * - `rebalance`: a partition gets a new assignment, in a new process or in one that runs already, and starts at any offset
 *   that could have been committed. The old consumer goes on as a zombie, or is told.
 * - `freeze`: a process stops with everything it has on its way; `thaw`: it goes on where it was, whatever happened since.
 */
export type Fault = 'crash' | 'rebalance' | 'freeze' | 'thaw';

const WEIGHTS: Record<Fault, number> = { crash: 3, rebalance: 5, freeze: 3, thaw: 3 };

/** How often faults come, and how many in all. After them the run is left alone. */
export class FaultPlan {
  readonly counts: Record<Fault, number> = { crash: 0, rebalance: 0, freeze: 0, thaw: 0 };
  private left: number;
  private readonly probability: number;

  constructor(private readonly random: Random) {
    this.left = random.between(2, 9);
    this.probability = random.pick([0.01, 0.03, 0.08]);
  }

  get isOver(): boolean {
    return this.left === 0;
  }

  /** What happens before the next step, mostly nothing. */
  next(): Fault | null {
    return !this.isOver && this.random.chance(this.probability) ? this.force() : null;
  }

  /** What happens now, where nobody has anything to do any more. */
  force(): Fault {
    this.left -= 1;
    const fault = this.random.weighted(WEIGHTS);
    this.counts[fault] += 1;
    return fault;
  }

  /** Committed offsets lag: mostly little, sometimes everything is read again. */
  startOffset(watermark: number): number {
    if (this.random.chance(0.15)) return 0;
    return this.random.chance(0.3) ? watermark : this.random.between(0, watermark);
  }
}
