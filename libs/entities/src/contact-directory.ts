/** Two users; which of them asks makes no difference. */
export interface UserPair {
  userId: string;
  otherId: string;
}

/**
 * What people may know of each other beside their messages. Contacts are users who share a conversation, a direct one or a
 * group of at most `mostMembers`, while neither blocks the other; everybody is a contact of oneself. As decided: a removal
 * or a block holds here from the moment at which its transaction ends, a little before it comes into force in the log.
 * Unknown users and conversations are nobody's.
 */
export abstract class ContactDirectory {
  /** Those of the pairs that are contacts, in no particular order. One round trip, however many there are. */
  abstract contactsAmong(pairs: readonly UserPair[], mostMembers: number): Promise<UserPair[]>;

  /**
   * The others whom a member's typing is told, ascending: nobody in a group of more than `mostMembers`, and in no
   * conversation somebody whom the member blocks or is blocked by. Null for who is not a member.
   */
  abstract companions(conversationId: string, userId: string, mostMembers: number): Promise<string[] | null>;

  /** When any device of a user connected last, in milliseconds since 1970. Users without a device are absent. */
  abstract lastConnected(userIds: readonly string[]): Promise<Map<string, number>>;
}
