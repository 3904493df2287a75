import type { Acceptance } from './load/load.js';

/** What one fault did to a load. Milliseconds; null: it did not happen within the time that was waited for. */
export interface Outcome {
  fault: string;
  /** Monotonic moments. */
  struckAt: number;
  healedAt: number;
  /** Sends that were accepted between strike and healing. */
  acceptedMeanwhile: number;
  /** From the healing to the first accepted send, and to accepted sends in every partition. */
  firstAfter: number | null;
  everywhereAfter: number | null;
  /** From the strike to accepted sends in every partition, while what was struck was still away; asked of some faults. */
  everywhereMeanwhile?: number | null;
  /** The longest time in which no send was accepted, and the longest in which none was in some one partition. */
  silence: number;
  partitionSilence: number;
  /** What should have held and did not. */
  failures: string[];
}

/** The times of an outcome, from the sends that were accepted, in their order. `until`: the end of what is looked at. */
export function timesOf(
  acceptances: readonly Acceptance[],
  partitions: readonly number[],
  { struckAt, healedAt, until }: { struckAt: number; healedAt: number; until: number },
): Pick<Outcome, 'acceptedMeanwhile' | 'firstAfter' | 'everywhereAfter' | 'silence' | 'partitionSilence'> {
  const firsts = partitions.map((partition) => firstSince(acceptances, healedAt, partition));
  const first = firstSince(acceptances, healedAt);
  const everywhere = firsts.includes(null) ? null : Math.max(...firsts.map(Number));
  return {
    acceptedMeanwhile: acceptances.filter(({ at }) => at >= struckAt && at < healedAt).length,
    firstAfter: first === null ? null : first - healedAt,
    everywhereAfter: everywhere === null ? null : everywhere - healedAt,
    silence: longestSilence(acceptances, struckAt, until),
    partitionSilence: Math.max(
      ...partitions.map((partition) =>
        longestSilence(
          acceptances.filter((one) => one.partition === partition),
          struckAt,
          until,
        ),
      ),
    ),
  };
}

function firstSince(acceptances: readonly Acceptance[], since: number, partition?: number): number | null {
  const found = acceptances.find((one) => one.at >= since && (partition === undefined || one.partition === partition));
  return found?.at ?? null;
}

/** Between two acceptances in a row, also where only one of them lies between `from` and `until`. */
function longestSilence(acceptances: readonly Acceptance[], from: number, until: number): number {
  const inside = acceptances.map(({ at }) => at).filter((at) => at > from && at < until);
  const before = acceptances.findLast(({ at }) => at <= from)?.at ?? from;
  const moments = [before, ...inside, until];
  return Math.max(...moments.slice(1).map((at, index) => at - moments[index]));
}
