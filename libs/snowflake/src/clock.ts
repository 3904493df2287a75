/** Where the time comes from: one for the process, one of their own making for tests. */
export abstract class Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. It may step, in both directions and by any amount, when it is set. */
  abstract wallMs(): number;

  /**
   * Milliseconds since some fixed moment, with fractions. It never falls and no setting of the wall clock moves it. Only
   * differences mean anything, and only within this process. It may stand still while the machine sleeps.
   */
  abstract monotonicMs(): number;
}

/** The clocks of the operating system. */
export class SystemClock extends Clock {
  override wallMs(): number {
    return Date.now();
  }

  override monotonicMs(): number {
    return performance.now();
  }
}
