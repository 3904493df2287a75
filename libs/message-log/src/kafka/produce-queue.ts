import { setTimeout as sleep } from 'node:timers/promises';
import { EngineUnavailable, type Position } from '@parley/contracts';
import type { RecordToAppend } from '../message-log.js';
import { EPOCH } from './consumed-record.js';

/** What goes to one partition in one request, in order. */
export interface PartitionGroup {
  partition: number;
  records: readonly RecordToAppend[];
}

/** Makes the groups of one request durable; resolves to the offset of each partition's first record. */
export type Produce = (groups: readonly PartitionGroup[]) => Promise<ReadonlyMap<number, number>>;

export interface ProduceQueueOptions {
  partitions: number;
  /** From `add` to the rejection, in milliseconds. */
  deadlineMs: number;
  /** How long records wait for company while other requests are on their way, in milliseconds. */
  lingerMs: number;
  /** Most in one partition's group. */
  groupRecords: number;
  groupBytes: number;
  /** Most that waits or is on its way, in bytes; beyond it `add` rejects at once. */
  waitingBytes: number;
  /** Partitions that give the same answer go in one request, so that a broker which hangs holds up its own only. */
  brokerOf: (partition: number) => number;
}

interface Waiting {
  record: RecordToAppend;
  resolve: (position: Position) => void;
  reject: (reason: Error) => void;
  deadline: NodeJS.Timeout;
}

interface Lane {
  partition: number;
  waiting: Set<Waiting>;
  /** A group is on its way; the next one goes when it is answered, so that the order stays. */
  busy: boolean;
}

/** Objects and timers around a record, roughly; without it a flood of tiny records would pass under the bound. */
const OVERHEAD_BYTES = 512;

/**
 * Gathers records into requests. A record that comes while nothing is on its way goes at the end of this turn of the event
 * loop; while requests are on their way, what comes waits `lingerMs` for company, or for the answer. A partition has one
 * group on its way at a time. A record that was not durable by its deadline rejects; one that had not even gone by then
 * is taken out.
 */
export class ProduceQueue {
  private readonly lanes: Lane[];
  private readonly idle: (() => void)[] = [];
  private flush: { cancel: () => void } | null = null;
  private inFlight = 0;
  private heldBytes = 0;
  private closed = false;

  constructor(
    private readonly produce: Produce,
    private readonly options: ProduceQueueOptions,
  ) {
    this.lanes = Array.from({ length: options.partitions }, (_, partition) => ({
      partition,
      waiting: new Set<Waiting>(),
      busy: false,
    }));
  }

  /** Bytes that wait or are on their way. */
  get bytes(): number {
    return this.heldBytes;
  }

  add(partition: number, record: RecordToAppend): Promise<Position> {
    if (this.closed) return Promise.reject(new Error('The log is closed'));
    if (this.heldBytes + heldBy(record) > this.options.waitingBytes) {
      const full = new Error(`${this.heldBytes} bytes are waiting already`);
      return Promise.reject(new EngineUnavailable('kafka', 'publish', full));
    }
    this.heldBytes += heldBy(record);
    return new Promise((resolve, reject) => {
      const lane = this.lanes[partition];
      const waiting: Waiting = {
        record,
        resolve,
        reject,
        deadline: setTimeout(() => this.expire(lane, waiting), this.options.deadlineMs),
      };
      lane.waiting.add(waiting);
      this.scheduleFlush();
    });
  }

  /** Refuses what comes from now on; resolves when what came before is settled. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.heldBytes === 0) return;
    const settled = new Promise<void>((resolve) => this.idle.push(resolve));
    await Promise.race([settled, sleep(this.options.deadlineMs, undefined, { ref: false })]);
  }

  private expire(lane: Lane, waiting: Waiting): void {
    const late = new Error(`not durable within ${this.options.deadlineMs} ms`);
    waiting.reject(new EngineUnavailable('kafka', 'publish', late));
    // What is on its way keeps its bytes until it is answered.
    if (lane.waiting.delete(waiting)) this.release([waiting]);
  }

  private scheduleFlush(): void {
    if (this.flush) return;
    const flush = () => {
      this.flush = null;
      this.sendWaiting();
    };
    if (this.inFlight === 0) {
      const turn = setImmediate(flush);
      this.flush = { cancel: () => clearImmediate(turn) };
    } else {
      const timer = setTimeout(flush, this.options.lingerMs);
      this.flush = { cancel: () => clearTimeout(timer) };
    }
  }

  private sendWaiting(): void {
    this.flush?.cancel();
    this.flush = null;
    const byBroker = new Map<number, Lane[]>();
    for (const lane of this.lanes) {
      if (lane.busy || lane.waiting.size === 0) continue;
      const broker = this.options.brokerOf(lane.partition);
      byBroker.set(broker, [...(byBroker.get(broker) ?? []), lane]);
    }
    for (const lanes of byBroker.values()) void this.send(lanes);
  }

  private async send(lanes: readonly Lane[]): Promise<void> {
    const groups = lanes.map((lane) => ({ lane, taken: this.takeGroup(lane) }));
    this.inFlight += 1;
    try {
      const offsets = await this.produce(
        groups.map(({ lane, taken }) => ({ partition: lane.partition, records: taken.map((one) => one.record) })),
      );
      for (const { lane, taken } of groups) settle(taken, offsets.get(lane.partition));
    } catch (error) {
      const failure = new EngineUnavailable('kafka', 'publish', error);
      for (const { taken } of groups) for (const waiting of taken) waiting.reject(failure);
    }
    this.inFlight -= 1;
    for (const { lane, taken } of groups) {
      lane.busy = false;
      for (const waiting of taken) clearTimeout(waiting.deadline);
      this.release(taken);
    }
    this.sendWaiting();
  }

  private takeGroup(lane: Lane): Waiting[] {
    const group: Waiting[] = [];
    let bytes = 0;
    for (const waiting of lane.waiting) {
      bytes += heldBy(waiting.record);
      if (group.length === this.options.groupRecords || (group.length > 0 && bytes > this.options.groupBytes)) break;
      lane.waiting.delete(waiting);
      group.push(waiting);
    }
    lane.busy = true;
    return group;
  }

  private release(settled: readonly Waiting[]): void {
    for (const { record } of settled) this.heldBytes -= heldBy(record);
    if (this.heldBytes === 0) for (const resolve of this.idle.splice(0)) resolve();
  }
}

function settle(taken: readonly Waiting[], first: number | undefined): void {
  if (first === undefined) throw new Error('the answer does not name the partition');
  for (const [index, { resolve }] of taken.entries()) resolve({ epoch: EPOCH, offset: first + index });
}

/** Bytes of memory, roughly. */
function heldBy({ key, value, headers = {} }: RecordToAppend): number {
  let bytes = OVERHEAD_BYTES + key.length + value.byteLength;
  for (const name in headers) bytes += name.length + headers[name].length;
  return bytes;
}
