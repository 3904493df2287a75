/** Observations of a stage: how many took at most so many seconds, cumulative, by ascending bound; the last is infinite. */
export interface StageHistogram {
  bounds: readonly number[];
  counts: readonly number[];
}

export type Stages = ReadonlyMap<string, StageHistogram>;

const BUCKET = /^parley_stage_seconds_bucket\{([^}]*)\} (\S+)$/;

/** Reads the stages out of the text that Prometheus scrapes. */
export function parseStages(text: string): Stages {
  const stages = new Map<string, { bounds: number[]; counts: number[] }>();
  for (const line of text.split('\n')) {
    const [, labels, count] = BUCKET.exec(line) ?? [];
    const stage = /stage="(\w+)"/.exec(labels ?? '')?.[1];
    const bound = /le="([^"]+)"/.exec(labels ?? '')?.[1];
    if (stage === undefined || bound === undefined) continue;
    const histogram = stages.get(stage) ?? { bounds: [], counts: [] };
    histogram.bounds.push(bound === '+Inf' ? Infinity : Number(bound));
    histogram.counts.push(Number(count));
    stages.set(stage, histogram);
  }
  return stages;
}

/** What several processes, or several runs, have observed together. */
export function sumOfStages(all: readonly Stages[]): Stages {
  return all.reduce<Stages>((sum, each) => combine(sum, each, 1), new Map());
}

/** What was observed between two readings. */
export function stagesSince(before: Stages, after: Stages): Stages {
  return combine(after, before, -1);
}

/**
 * The value below which `share` (0 to 1) of the observations lie, in seconds, as if those of a bucket were spread evenly
 * over it; NaN without observations. Beyond the last finite bound it is that bound.
 */
export function quantile({ bounds, counts }: StageHistogram, share: number): number {
  const total = counts.at(-1) ?? 0;
  if (total === 0) return Number.NaN;
  const rank = share * total;
  const index = counts.findIndex((count) => count >= rank);
  const [lower, below] = index === 0 ? [0, 0] : [bounds[index - 1], counts[index - 1]];
  if (!Number.isFinite(bounds[index])) return lower;
  return lower + ((bounds[index] - lower) * (rank - below)) / (counts[index] - below);
}

function combine(one: Stages, other: Stages, sign: 1 | -1): Stages {
  const result = new Map(one);
  for (const [stage, { bounds, counts }] of other) {
    const present = result.get(stage)?.counts ?? counts.map(() => 0);
    result.set(stage, { bounds, counts: counts.map((count, index) => present[index] + sign * count) });
  }
  return result;
}
