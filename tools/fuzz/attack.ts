import fc from 'fast-check';
import type { Target } from './target.js';
import type { World } from './world.js';

/** One part of a round: cases of some kind, as many as there is time for. */
export interface Attack {
  readonly cases: fc.IRawProperty<unknown>;
  /** How many single things were thrown so far: calls, events, frames, records. */
  thrown(): number;
  /** A failing case for people, a line for each thing. */
  show(failing: never): string[];
  close(): Promise<void> | void;
}

export type StartAttack = (target: Target, world: World) => Promise<Attack>;

/** What became of it. */
export interface AttackReport {
  thrown: number;
  /** The first case that failed, as small as it could be made; null where none did. */
  failure: string | null;
}

/** Runs it for so long. A case that fails ends it, and is made smaller in the time that is left. */
export async function run(attack: Attack, seed: number, milliseconds: number): Promise<AttackReport> {
  const details = await fc.check(attack.cases, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    plugins: [fc.interruptAfterTimeLimit(milliseconds)],
  });
  await attack.close();
  return { thrown: attack.thrown(), failure: details.failed ? describeFailure(attack, details) : null };
}

function describeFailure(attack: Attack, details: fc.RunDetails<unknown>): string {
  const { counterexample, errorInstance, numRuns, numShrinks } = details;
  const reason = errorInstance instanceof Error ? errorInstance.message : 'not one case was through in time';
  const [failing] = (counterexample ?? []) as [never];
  const shown = failing === undefined ? [] : attack.show(failing).map((line) => `    ${line}`);
  return [reason, `  case ${numRuns}, made smaller ${numShrinks} times:`, ...shown].join('\n');
}
