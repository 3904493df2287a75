import { ContactDirectory, type UserPair } from '@parley/entities';
import type { InMemoryConversations } from './conversations.js';

/** Contacts by the conversations of the test; no device ever connects here. */
export class InMemoryContacts extends ContactDirectory {
  constructor(private readonly conversations: InMemoryConversations) {
    super();
  }

  async contactsAmong(pairs: readonly UserPair[], mostMembers: number): Promise<UserPair[]> {
    return pairs.filter(({ userId, otherId }) => {
      if (userId === otherId) return true;
      return !this.conversations.isBlocked(userId, otherId) && this.conversations.share(userId, otherId, mostMembers);
    });
  }

  async companions(): Promise<null> {
    return null;
  }

  async lastConnected(): Promise<Map<string, number>> {
    return new Map();
  }
}
