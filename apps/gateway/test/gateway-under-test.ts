import { Readiness } from '@parley/operability';
import { PendingVerdicts } from '@parley/sending';
import { InMemoryPresenceMarks, InMemoryRememberedDevices, type SessionAddress } from '@parley/sessions';
import { InMemorySignals } from '@parley/signals';
import type { CompareSessions } from '../src/comparing/compare-sessions.js';
import type { Session } from '../src/connections/session.js';
import { SessionTable } from '../src/connections/session-table.js';
import { HeldLease } from '../src/leasing/held-lease.js';
import { KeepLease } from '../src/leasing/keep-lease.js';
import { PlaceNews } from '../src/leasing/place-news.js';
import { SessionPlaces } from '../src/leasing/session-places.js';
import { LeasesUnderTest, RegistryUnderTest, type FleetUnderTest } from './fleet-under-test.js';
import { sessionUnderTest, type SessionUnderTest } from './sessions-under-test.js';

/** One gateway's part in the fleet: its lease, and the places of its sessions. */
export class GatewayUnderTest {
  readonly sessions = new SessionTable();
  readonly readiness = new Readiness();
  /** Ids of the sessions for which a comparison with their inbox was asked. */
  readonly compared: string[] = [];
  readonly devices = new InMemoryRememberedDevices();
  readonly lease: HeldLease;
  readonly places: SessionPlaces;
  readonly keepLease: KeepLease;

  constructor(
    private readonly fleet: FleetUnderTest,
    readonly signals: InMemorySignals = new InMemorySignals(),
    readonly address = 'gateway-a:4100',
    readonly marks = new InMemoryPresenceMarks(),
  ) {
    const compare = { request: ({ id }: Session) => this.compared.push(id) } as unknown as CompareSessions;
    this.lease = new HeldLease(new LeasesUnderTest(fleet), new PendingVerdicts(address));
    const registry = new RegistryUnderTest(fleet);
    const news = new PlaceNews(this.sessions, signals, this.marks);
    this.places = new SessionPlaces(this.lease, registry, this.sessions, news, compare, this.devices);
    this.keepLease = new KeepLease(this.lease, this.places, this.sessions, this.readiness);
  }

  /** As `OpenSession` does it. */
  async open(more?: Parameters<typeof sessionUnderTest>[0]): Promise<SessionUnderTest> {
    const opened = sessionUnderTest(more);
    this.sessions.add(opened.session);
    await this.places.take(opened.session);
    return opened;
  }

  /** As `Departure` does it. */
  async close({ session }: SessionUnderTest): Promise<void> {
    session.close();
    this.sessions.remove(session);
    await this.places.leave(session);
  }

  /** Whom the routers find for this user. */
  async found(userId = '42'): Promise<string[]> {
    const sessions: SessionAddress[] = (await this.fleet.twins.registry.sessionsOf([userId])).get(userId) ?? [];
    return sessions.map(({ session_id }) => session_id);
  }
}
