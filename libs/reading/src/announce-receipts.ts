import { Injectable } from '@nestjs/common';
import { sessionIdsByGateway, SessionRegistry } from '@parley/sessions';
import { Signals } from '@parley/signals';
import { Pace } from './pace.js';
import { ReceiptAudience } from './receipt-audience.js';

/** Of a user in a conversation: receipts are announced no more often. */
const EVERY_MS = 1_000;
const MOST_AT_ONCE = 50_000;
/** In the place of a device where marks were moved by REST. */
const NO_DEVICE = '';

/**
 * Tells the gateways concerned, by a signal each, that the marks of a user in a conversation have moved, and which
 * sessions want to know: the user's other devices, and those of members who may see it. The signal carries no marks.
 * Who tells a client reads them then, so that they are the newest there are, whatever became of other signals. Where
 * nobody else is connected, nothing but that is found out. Best effort: what is lost here stands in the inbox.
 */
@Injectable()
export class AnnounceReceipts {
  private readonly pace = new Pace<string>((key, devices) => this.announce(key, devices), {
    everyMs: EVERY_MS,
    most: MOST_AT_ONCE,
  });

  constructor(
    private readonly audience: ReceiptAudience,
    private readonly registry: SessionRegistry,
    private readonly signals: Signals,
  ) {}

  /** The marks are stored by now. `deviceId`: where they were moved, null for REST. */
  request(userId: string, conversationId: string, deviceId: string | null): void {
    this.pace.ask(`${userId} ${conversationId}`, [deviceId ?? NO_DEVICE]);
  }

  private async announce(key: string, devices: ReadonlySet<string>): Promise<void> {
    const [user_id, conversation_id] = key.split(' ');
    const others = await this.audience.of(user_id, conversation_id);
    if (!others) return;
    const found = await this.registry.sessionsOf([user_id, ...others]);
    // The one device that moved the marks knows; where two did, each of them has the other's to learn.
    const isNews = (deviceId: string) => devices.size > 1 || !devices.has(deviceId);
    const told = [...found.values()].flat().filter((one) => one.user_id !== user_id || isNews(one.device_id));
    const publish = ([gateway, session_ids]: [string, string[]]) =>
      this.signals.publish({ type: 'receipt', conversation_id, user_id, session_ids }, `gateway:${gateway}`);
    await Promise.all([...sessionIdsByGateway(told)].map(publish));
  }
}
