import { Injectable } from '@nestjs/common';

/** Says why its part of the app cannot serve right now, or null when it can. Cheap: every probe asks. */
export type ReadinessCheck = () => string | null;

/** What it means for the app that the part cannot serve: it is not ready, or it goes on with less. */
export type Effect = 'stops' | 'degrades';

/** A part of the app and how it is. */
export interface PartState {
  name: string;
  effect: Effect;
  /** Null when it can serve. */
  reason: string | null;
}

/**
 * Whether this process can do its work: every part that may be unable to adds a check under its name. Without any check the
 * process is ready, and parts that only degrade it leave it so. A check that throws is a part that cannot serve.
 */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, { check: ReadinessCheck; effect: Effect }>();

  /** Returns how to take the check away. A name is taken by one check at a time. */
  add(name: string, check: ReadinessCheck, effect: Effect = 'stops'): () => void {
    if (this.checks.has(name)) throw new Error(`There is a readiness check ${name} already`);
    this.checks.set(name, { check, effect });
    return () => {
      this.checks.delete(name);
    };
  }

  get isReady(): boolean {
    return this.reasons().length === 0;
  }

  /** What is not ready and why, for the people who run this; empty when ready. */
  reasons(): { name: string; reason: string }[] {
    return this.parts().flatMap(({ name, effect, reason }) =>
      effect === 'degrades' || reason === null ? [] : [{ name, reason }],
    );
  }

  /** Every part, whether it can serve or not. */
  parts(): PartState[] {
    return [...this.checks].map(([name, { check, effect }]) => ({ name, effect, reason: ask(check) }));
  }
}

function ask(check: ReadinessCheck): string | null {
  try {
    return check();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
