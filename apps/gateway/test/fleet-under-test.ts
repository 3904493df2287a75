import { EngineUnavailable } from '@parley/contracts';
import {
  GatewayLeases,
  InMemoryGatewayLeases,
  InMemorySessionRegistry,
  SessionRegistry,
  type GatewayLease,
  type LivingGateway,
  type Reclaimed,
  type SessionAddress,
} from '@parley/sessions';

type Call =
  'take' | 'renew' | 'release' | 'register' | 'remove' | 'reclaim' | 'sessionsOf' | 'living' | 'restate' | 'livingOf';

/**
 * The registry and the leases of a fleet, with faults: away, or a call that stops on its way there or back. The twins stay
 * within reach, for what other gateways do meanwhile.
 */
export class FleetUnderTest {
  readonly twins: { leases: InMemoryGatewayLeases; registry: InMemorySessionRegistry };
  isAway = false;
  /** How many calls of each kind reached the registry. */
  readonly calls = new Map<Call, number>();
  private readonly holds: { call: Call; where: 'before' | 'after'; until: Promise<void>; reached: () => void }[] = [];

  constructor() {
    const leases = new InMemoryGatewayLeases();
    this.twins = { leases, registry: new InMemorySessionRegistry(leases) };
  }

  /** Stops the next call of this kind before it takes effect, or before its answer comes back, until `release`. */
  hold(call: Call, where: 'before' | 'after'): { reached: Promise<void>; release: () => void } {
    let release = (): void => undefined;
    let reach = (): void => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const until = new Promise<void>((resolve) => (release = resolve));
    this.holds.push({ call, where, until, reached: reach });
    return { reached, release };
  }

  async ask<T>(call: Call, act: () => Promise<T>): Promise<T> {
    await this.stop(call, 'before');
    if (this.isAway) throw new EngineUnavailable('redis', call, new Error('connection refused'));
    this.calls.set(call, (this.calls.get(call) ?? 0) + 1);
    const answer = await act();
    await this.stop(call, 'after');
    return answer;
  }

  private async stop(call: Call, where: 'before' | 'after'): Promise<void> {
    const index = this.holds.findIndex((hold) => hold.call === call && hold.where === where);
    if (index < 0) return;
    const [{ until, reached }] = this.holds.splice(index, 1);
    reached();
    await until;
  }
}

/** The leases as one gateway reaches them. */
export class LeasesUnderTest extends GatewayLeases {
  constructor(private readonly fleet: FleetUnderTest) {
    super();
  }

  override take(lease: GatewayLease): Promise<void> {
    return this.fleet.ask('take', () => this.fleet.twins.leases.take(lease));
  }

  override renew(lease: GatewayLease, sessions: number): Promise<boolean> {
    return this.fleet.ask('renew', () => this.fleet.twins.leases.renew(lease, sessions));
  }

  override livingOf(leases: readonly GatewayLease[]): Promise<GatewayLease[]> {
    return this.fleet.ask('livingOf', () => this.fleet.twins.leases.livingOf(leases));
  }

  override release(lease: GatewayLease): Promise<void> {
    return this.fleet.ask('release', () => this.fleet.twins.leases.release(lease));
  }

  override living(): Promise<LivingGateway[]> {
    return this.fleet.ask('living', () => this.fleet.twins.leases.living());
  }
}

/** The registry as one gateway reaches it. */
export class RegistryUnderTest extends SessionRegistry {
  constructor(private readonly fleet: FleetUnderTest) {
    super();
  }

  override register(session: SessionAddress): Promise<SessionAddress | null> {
    return this.fleet.ask('register', () => this.fleet.twins.registry.register(session));
  }

  override remove(session: SessionAddress): Promise<boolean> {
    return this.fleet.ask('remove', () => this.fleet.twins.registry.remove(session));
  }

  override restate(session: SessionAddress): Promise<boolean> {
    return this.fleet.ask('restate', () => this.fleet.twins.registry.restate(session));
  }

  override reclaim(sessions: readonly SessionAddress[]): Promise<Reclaimed> {
    return this.fleet.ask('reclaim', () => this.fleet.twins.registry.reclaim(sessions));
  }

  override sessionsOf(userIds: readonly string[]): Promise<Map<string, SessionAddress[]>> {
    return this.fleet.ask('sessionsOf', () => this.fleet.twins.registry.sessionsOf(userIds));
  }
}
