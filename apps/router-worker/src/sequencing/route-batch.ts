import { Injectable } from '@nestjs/common';
import type { Assignment, RecordBatch } from '@parley/message-log';
import { TRACE_PARENT } from '@parley/contracts';
import { inSpan, observeStage, timeStage, traceOf, withLogIds, type Trace } from '@parley/operability';
import { RouteEntries } from '../routing/route-entries.js';
import { persistently } from '../storing/persistently.js';
import { StoreEntries } from '../storing/store-entries.js';
import { JudgeBatch, type Judged } from './judge-batch.js';
import { Partition } from './partition.js';
import { ReadRecords } from './read-records.js';

interface JudgedBatch {
  judged: readonly Judged[];
  /** Its rows stand. */
  markStored: () => void;
}

/**
 * The way of a batch: judge, sequence, store, route. Batches of a partition overlap: the next one is judged while this
 * one's rows are being stored, but each becomes visible (heads, pushes, verdicts) only after the one before it.
 */
@Injectable()
export class RouteBatch {
  private readonly partitions = new WeakMap<Assignment, Partition>();

  constructor(
    private readonly readRecords: ReadRecords,
    private readonly judgeBatch: JudgeBatch,
    private readonly storeEntries: StoreEntries,
    private readonly routeEntries: RouteEntries,
  ) {}

  /** Resolves when every record of the batch is stored and taken (or given up) by the gateways it concerns. */
  execute(batch: RecordBatch): Promise<void> {
    const { partition, records } = batch;
    const ids = { partition, offset: records.at(0)?.position.offset };
    const traces = this.beginTraces(batch);
    return withLogIds(ids, () => {
      if (traces.length === 0) return this.route(batch, traces);
      // In the trace of the first; the others are linked, and each has spans of its own for the stages.
      const [within, ...links] = traces;
      const attributes = { ...ids, records: records.length };
      return inSpan('batch', { kind: 'consumer', within, links, attributes }, () => this.route(batch, traces));
    });
  }

  /** The traces that records of this batch belong to, seldom any. */
  private beginTraces({ records }: RecordBatch): Trace[] {
    return records.flatMap(({ appendedAt, headers }) => {
      const trace = traceOf(headers[TRACE_PARENT]);
      const traces = trace === null ? [] : [trace];
      observeStage('router_wait', Date.now() - appendedAt, traces);
      return traces;
    });
  }

  private async route(batch: RecordBatch, traces: readonly Trace[]): Promise<void> {
    const partition = this.partitionOf(batch.assignment);
    const before = partition.published;
    const judged = partition.judged.then(() => timeStage('judge', () => this.judge(partition, batch), traces));
    const published = judged.then((step) => this.publish(batch.assignment, step, traces, before));
    // A batch that failed fails the ones after it: they were judged on top of it.
    partition.judged = judged;
    partition.published = published;
    judged.catch(() => undefined);
    const { taken } = await published;
    await taken;
  }

  private async judge(partition: Partition, batch: RecordBatch): Promise<JudgedBatch> {
    const { assignment } = batch;
    const records = await persistently(assignment, 'quarantine', () => this.readRecords.execute(batch));
    const decide = await persistently(assignment, 'reading', () => this.judgeBatch.read(partition, records));
    const judged = decide();
    const unstored = judged.filter(({ sequenced, blockChange }) => sequenced ?? blockChange);
    return { judged, markStored: partition.track(unstored) };
  }

  private async publish(
    assignment: Assignment,
    { judged, markStored }: JudgedBatch,
    traces: readonly Trace[],
    before: Promise<unknown>,
  ): Promise<{ taken: Promise<void> }> {
    const sequenced = judged.flatMap((each) => (each.sequenced ? [each.sequenced] : []));
    const blockChanges = judged.flatMap((each) => each.blockChange ?? []);
    const storeRows = () => this.storeEntries.storeRows(sequenced, blockChanges);
    await timeStage('store', () => persistently(assignment, 'storing entries', storeRows), traces);
    await before;
    const moveHeads = () => this.storeEntries.moveHeads(sequenced);
    await timeStage('heads', () => persistently(assignment, 'moving heads', moveHeads), traces);
    markStored();
    return timeStage('route', () => this.routeEntries.execute(judged), traces);
  }

  private partitionOf(assignment: Assignment): Partition {
    const known = this.partitions.get(assignment);
    if (known) return known;
    const partition = new Partition();
    this.partitions.set(assignment, partition);
    return partition;
  }
}
