import { Injectable } from '@nestjs/common';
import { limits, rejected, type PresenceView, type Rejection } from '@parley/contracts';
import { ContactDirectory } from '@parley/entities';
import { presenceView, ReadPresence } from '@parley/sessions';

/** The presence of a contact, as it is now. Somebody else and nobody answer alike: `forbidden`. */
@Injectable()
export class ShowPresence {
  constructor(
    private readonly contacts: ContactDirectory,
    private readonly read: ReadPresence,
  ) {}

  async execute(callerId: string, userId: string): Promise<PresenceView | Rejection> {
    const pair = { userId: callerId, otherId: userId };
    const found = await this.contacts.contactsAmong([pair], limits.SMALL_GROUP_MEMBERS);
    const reading = found.length > 0 ? (await this.read.execute([userId])).get(userId) : undefined;
    return reading ? presenceView(userId, reading) : rejected('forbidden', 'No conversation is shared');
  }
}
