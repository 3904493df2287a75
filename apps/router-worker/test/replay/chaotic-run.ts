import { InMemoryGatewayLeases, InMemorySessionRegistry } from '@parley/sessions';
import { firstDifference } from './compare.js';
import { Device } from './devices.js';
import type { RowStores } from './engines.js';
import { FaultPlan, type Fault } from './fault-plan.js';
import { GATEWAYS, type GeneratedLog } from './generator.js';
import type { PlantedBug } from './planted-bugs.js';
import type { Random } from '@parley/harness';
import { Consumer, RouterProcess } from './router-process.js';
import { makeRouter } from './router.js';
import { readRows } from './rows.js';
import { SteppedLink } from './stepped-link.js';
import { SteppedConversationStore, SteppedInboxStore, SteppedQuarantine, SteppedRegistry } from './stepped-ports.js';
import { Actor, Steps } from './steps.js';
import type { Expected } from './uninterrupted-run.js';
import { checkDevice } from './what-devices-saw.js';
import { Witness, WitnessedRows } from './witness.js';
import type { WrittenLog } from './written-log.js';

/** The owner of a partition and two that were. */
const MOST_PROCESSES = 3;

/**
 * The same log, read by routers that die, freeze, lose their partitions and go on regardless, while devices sync and are
 * pushed to. It ends with a healthy router that reads from some committed offset to the end, and with everything on its way
 * applied.
 */
export class ChaoticRun {
  readonly witness: Witness;
  readonly plan: FaultPlan;
  readonly steps: Steps;
  /** Consumers that were at work when another one got their partition, and went on. */
  zombies = 0;
  private readonly arriving: WitnessedRows;
  private readonly devices: Device[];
  /** Time stands still: the leases of the gateways never lapse here. */
  private readonly leases = new InMemoryGatewayLeases(() => 0);
  private readonly registry = new InMemorySessionRegistry(this.leases);
  private readonly processes: RouterProcess[] = [];
  private readonly consumers: Consumer[] = [];
  /** By partition, the consumer that the group has it with. */
  private readonly owners = new Map<number, Consumer>();

  constructor(
    private readonly log: GeneratedLog,
    private readonly written: WrittenLog,
    private readonly expected: Expected,
    private readonly stores: RowStores,
    private readonly random: Random,
    private readonly bug: PlantedBug | null,
  ) {
    this.steps = new Steps(random);
    this.plan = new FaultPlan(random);
    this.witness = new Witness(expected, stores.conversations);
    this.arriving = new WitnessedRows(stores.conversations, this.witness);
    this.devices = Array.from(
      { length: random.between(2, 4) },
      (_, number) => new Device(random.pick(log.userIds), number, stores, this.registry, this.steps, random),
    );
  }

  /** Resolves to what went wrong. */
  async execute(): Promise<string[]> {
    for (const gateway of GATEWAYS) await this.leases.take({ gateway, incarnation: '1' });
    const first = this.startProcess();
    for (const partition of this.written.ends.keys()) this.assign(partition, first);
    for (const device of this.devices) this.unattended(device.live());
    while (await this.step());
    this.endFaults();
    while (await this.steps.next());
    for (const { actor } of this.living()) actor.frozen = false;
    while (await this.steps.next());
    for (const device of this.devices) this.unattended(device.finish());
    while (await this.steps.next());
    return [...this.witness.faults, ...(await this.remainingFaults())];
  }

  private async step(): Promise<boolean> {
    const fault = this.plan.next();
    if (fault) this.cause(fault);
    if (await this.steps.next()) return true;
    if (this.plan.isOver) return false;
    this.cause(this.plan.force());
    return true;
  }

  private cause(fault: Fault): void {
    switch (fault) {
      case 'crash':
        return this.crash(this.random.pick(this.living()));
      case 'rebalance': {
        const process = this.processToJoin();
        const some = this.random.pick([...this.owners.keys()]);
        const partitions = this.random.chance(0.5) ? [some] : [...this.owners.keys()];
        return partitions.forEach((partition) => this.assign(partition, process));
      }
      case 'freeze':
        this.random.pick(this.living()).actor.frozen = true;
        return;
      case 'thaw':
        for (const { actor } of this.living()) if (this.random.chance(0.5)) actor.frozen = false;
    }
  }

  /** One fresh process gets everything. Who else still lives dies, goes on too, or wakes up when all is done. */
  private endFaults(): void {
    const last = this.startProcess();
    for (const partition of this.owners.keys()) this.assign(partition, last);
    for (const { actor } of this.living().filter((process) => process !== last)) {
      actor.dead = this.random.chance(0.3);
      actor.frozen = this.random.chance(0.5);
    }
  }

  private crash(process: RouterProcess): void {
    process.actor.dead = true;
    for (const [partition, owner] of this.owners) {
      if (owner.process === process) this.assign(partition, this.processToJoin());
    }
  }

  /** A process that runs may get a partition (again) under a new assignment; one that is frozen cannot ask for one. */
  private processToJoin(): RouterProcess {
    const running = this.living().filter(({ actor }) => !actor.frozen);
    return running.length > 0 && this.random.chance(0.5) ? this.random.pick(running) : this.startProcess();
  }

  private startProcess(): RouterProcess {
    const living = this.living();
    const [oldest] = living;
    if (oldest && living.length === MOST_PROCESSES) oldest.actor.dead = true;
    const process = this.makeProcess(new Actor(`router ${this.processes.length + 1}`, 4));
    this.processes.push(process);
    for (const [partition, owner] of this.owners)
      if (owner.process === oldest && oldest.actor.dead) this.assign(partition, process);
    return process;
  }

  private makeProcess(actor: Actor): RouterProcess {
    const { steps, stores } = this;
    const ports = {
      conversations: new SteppedConversationStore(stores.conversations, steps, actor, this.arriving),
      inbox: new SteppedInboxStore(stores.inbox, steps, actor),
      quarantine: new SteppedQuarantine(stores.quarantine, steps, actor),
      registry: new SteppedRegistry(this.registry, steps, actor),
      link: new SteppedLink(this.devices, this.witness, steps, actor, this.random),
    };
    return new RouterProcess(actor, this.bug?.makeRouter?.(ports) ?? makeRouter(ports));
  }

  private assign(partition: number, process: RouterProcess): void {
    const before = this.owners.get(partition);
    if (before && !before.process.actor.dead && !before.isFinished) this.zombies += 1;
    if (before && this.random.chance(0.5)) before.assignment.revoked = true;
    const start = this.plan.startOffset(this.committable(partition));
    const consumer = new Consumer(process, partition, start, this.written, this.random);
    this.consumers.push(consumer);
    this.owners.set(partition, consumer);
    this.unattended(consumer.run(this.steps, (error) => this.witness.fault(`a batch failed: ${String(error)}`)));
  }

  /** The highest offset that anybody, a zombie included, could have committed. */
  private committable(partition: number): number {
    const offsets = this.consumers
      .filter((consumer) => consumer.partition === partition)
      .map((consumer) => (this.bug?.commitsWhatItRead ? consumer.readUpTo : consumer.watermark));
    return Math.max(0, ...offsets);
  }

  private living(): RouterProcess[] {
    return this.processes.filter(({ actor }) => !actor.dead);
  }

  private unattended(work: Promise<void>): void {
    work.catch((error: unknown) => this.witness.fault(`something broke: ${String(error)}`));
  }

  private async remainingFaults(): Promise<string[]> {
    const faults: string[] = [];
    for (const [partition, owner] of this.owners) {
      if (!owner.isFinished) faults.push(`partition ${partition} stands at offset ${owner.watermark} for ever`);
    }
    const difference = firstDifference(this.expected.rows, await readRows(this.stores, this.log, this.written));
    if (difference) faults.push(difference);
    for (const device of this.devices) faults.push(...(await checkDevice(device, this.expected, this.stores.cursors)));
    return faults;
  }
}
