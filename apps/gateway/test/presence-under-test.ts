import type { PresenceView, SessionLimits } from '@parley/contracts';
import type { ContactDirectory, UserPair } from '@parley/entities';
import { InMemoryPresenceMarks, PresenceGrace, ReadPresence } from '@parley/sessions';
import { InMemorySignals } from '@parley/signals';
import { GatewaySettings } from '../src/connections/gateway-settings.js';
import { Contacts } from '../src/presence/contacts.js';
import { FollowPresence } from '../src/presence/follow-presence.js';
import { RepairPresence } from '../src/presence/repair-presence.js';
import { SetPresence } from '../src/presence/set-presence.js';
import { WatchedUsers } from '../src/presence/watched-users.js';
import { WatchPresence } from '../src/presence/watch-presence.js';
import { FleetUnderTest, LeasesUnderTest, RegistryUnderTest } from './fleet-under-test.js';
import { GatewayUnderTest } from './gateway-under-test.js';
import type { SessionUnderTest } from './sessions-under-test.js';

export const GRACE_MS = 10_000;

/** What the gateways of a fleet share, and who is nobody's contact in it. */
export class PresencePlane {
  readonly fleet = new FleetUnderTest();
  readonly signals = new InMemorySignals();
  readonly marks = new InMemoryPresenceMarks();
  readonly strangers = new Set<string>();
  isDirectoryAway = false;
  /** Questions to the directory. */
  asked = 0;
  private held: Promise<void> | null = null;

  readonly contacts = {
    contactsAmong: async (pairs: readonly UserPair[]) => {
      if (this.isDirectoryAway) throw new Error('no directory');
      this.asked += 1;
      const { held } = this;
      this.held = null;
      await held;
      return pairs.filter(({ otherId }) => !this.strangers.has(otherId));
    },
    lastConnected: async () => new Map<string, number>(),
  } as unknown as ContactDirectory;

  /** The next answer of the directory waits for `release`. */
  holdDirectory(): { release: () => void } {
    let release = (): void => undefined;
    this.held = new Promise((resolve) => (release = resolve));
    return { release: () => release() };
  }
}

/** A gateway that tells presence. */
export class PresenceUnderTest extends GatewayUnderTest {
  readonly watched: WatchedUsers;
  readonly watch: WatchPresence;
  readonly set = new SetPresence(this.places);
  readonly repair: RepairPresence;

  constructor(plane: PresencePlane, address: string, limits: Partial<SessionLimits> = { watched_users: 500 }) {
    super(plane.fleet, plane.signals, address, plane.marks);
    const grace = new PresenceGrace(GRACE_MS);
    const read = new ReadPresence(new RegistryUnderTest(plane.fleet), plane.marks, grace, plane.contacts);
    const contacts = new Contacts(plane.contacts);
    this.watched = new WatchedUsers(plane.signals, grace);
    const follow = new FollowPresence(this.watched, read, contacts);
    follow.onModuleInit();
    const settings = new GatewaySettings(limits as SessionLimits, 1, false, { intervalMs: 25_000, timeoutMs: 20_000 });
    this.watch = new WatchPresence(this.watched, follow, contacts, settings);
    this.repair = new RepairPresence(this.watched, follow, new LeasesUnderTest(plane.fleet));
  }

  /** With its heartbeat, and the repair of what is not told. */
  async start(): Promise<this> {
    await this.keepLease.onApplicationBootstrap();
    this.repair.onApplicationBootstrap();
    return this;
  }

  override async close(opened: SessionUnderTest): Promise<void> {
    this.watched.forget(opened.session);
    await super.close(opened);
  }
}

/** The changes that a client was told. */
export function seenBy({ told }: SessionUnderTest): PresenceView[] {
  return told.filter(({ event }) => event === 'presence').map(({ payload }) => payload as PresenceView);
}

export const statusesOf = (client: SessionUnderTest): string[] => seenBy(client).map(({ status }) => status);
