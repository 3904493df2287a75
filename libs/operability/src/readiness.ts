import { Injectable } from '@nestjs/common';

/** Says why its part of the app cannot serve right now, or null when it can. Cheap: every probe asks. */
export type ReadinessCheck = () => string | null;

/**
 * Whether this process can do its work: every part that may be unable to adds a check under its name. Without any check the
 * process is ready. A check that throws is a part that is not ready.
 */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();

  /** Returns how to take the check away. A name is taken by one check at a time. */
  add(name: string, check: ReadinessCheck): () => void {
    if (this.checks.has(name)) throw new Error(`There is a readiness check ${name} already`);
    this.checks.set(name, check);
    return () => {
      this.checks.delete(name);
    };
  }

  get isReady(): boolean {
    return this.reasons().length === 0;
  }

  /** What is not ready and why, for the people who run this; empty when ready. */
  reasons(): { name: string; reason: string }[] {
    return [...this.checks].flatMap(([name, check]) => {
      const reason = ask(check);
      return reason === null ? [] : [{ name, reason }];
    });
  }
}

function ask(check: ReadinessCheck): string | null {
  try {
    return check();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
