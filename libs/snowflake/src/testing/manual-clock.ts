import { Clock } from '../clock.js';

/** A clock that moves when it is told to. Starts on 2026-01-01T00:00:00Z. */
export class ManualClock extends Clock {
  constructor(
    private wall = Date.UTC(2026, 0, 1),
    private monotonic = 0,
  ) {
    super();
  }

  override wallMs(): number {
    return this.wall;
  }

  override monotonicMs(): number {
    return this.monotonic;
  }

  /** Time passes: both sides move by `ms`. */
  advance(ms: number): void {
    this.wall += ms;
    this.monotonic += ms;
  }

  /** Somebody sets the clock: the wall side moves by `ms`, forwards or backwards. */
  stepWall(ms: number): void {
    this.wall += ms;
  }

  /** What no operating system should do: the monotonic side moves by `ms`, also backwards. */
  stepMonotonic(ms: number): void {
    this.monotonic += ms;
  }
}
