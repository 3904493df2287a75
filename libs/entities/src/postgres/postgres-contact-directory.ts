import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ContactDirectory, type UserPair } from '../contact-directory.js';
import { fitsBigint } from './bigint-id.js';

/** Whether either of two users blocks the other. */
const isBlocked = (one: string, other: string) => `EXISTS (
    SELECT 1 FROM blocks
    WHERE (blocker_id, blocked_id) IN ((${one}, ${other}), (${other}, ${one})))`;

/** $1, $2: the pairs; $3: the most members of a group. Walks the conversations of the one and probes for the other. */
const CONTACTS = `
  SELECT one.id AS user_id, other.id AS other_id
  FROM unnest($1::bigint[]) WITH ORDINALITY AS one (id, place)
  JOIN unnest($2::bigint[]) WITH ORDINALITY AS other (id, place) USING (place)
  WHERE one.id = other.id OR EXISTS (
    SELECT 1 FROM conversation_members mine
    JOIN conversation_members theirs ON theirs.conversation_id = mine.conversation_id AND theirs.user_id = other.id
    JOIN conversations ON conversations.conversation_id = mine.conversation_id
    WHERE mine.user_id = one.id AND conversations.member_count <= $3
  ) AND NOT ${isBlocked('one.id', 'other.id')}`;

/** $1: the conversation; $2: the member; $3: the most members. No row for who is not a member. */
const COMPANIONS = `
  SELECT ARRAY(
    SELECT other.user_id FROM conversation_members other
    WHERE other.conversation_id = me.conversation_id AND other.user_id <> me.user_id
      AND conversations.member_count <= $3
      AND NOT ${isBlocked('me.user_id', 'other.user_id')}
    ORDER BY other.user_id)::text[] AS user_ids
  FROM conversation_members me JOIN conversations USING (conversation_id)
  WHERE me.conversation_id = $1 AND me.user_id = $2`;

const LAST_CONNECTED = `
  SELECT user_id, max(last_seen_at) AS at FROM devices WHERE user_id = ANY($1::bigint[]) GROUP BY user_id`;

/** Contacts, as the tables of members, blocks and devices tell them. */
@Injectable()
export class PostgresContactDirectory extends ContactDirectory {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async contactsAmong(pairs: readonly UserPair[], mostMembers: number): Promise<UserPair[]> {
    const possible = pairs.filter(({ userId, otherId }) => fitsBigint(userId) && fitsBigint(otherId));
    if (possible.length === 0) return [];
    const ids = [possible.map(({ userId }) => userId), possible.map(({ otherId }) => otherId)];
    const rows = await this.dataSource.query<{ user_id: string; other_id: string }[]>(CONTACTS, [...ids, mostMembers]);
    return rows.map(({ user_id, other_id }) => ({ userId: user_id, otherId: other_id }));
  }

  override async companions(conversationId: string, userId: string, mostMembers: number): Promise<string[] | null> {
    if (!fitsBigint(conversationId)) return null;
    const asked = [conversationId, userId, mostMembers];
    const [row] = await this.dataSource.query<{ user_ids: string[] }[]>(COMPANIONS, asked);
    return row?.user_ids ?? null;
  }

  override async lastConnected(userIds: readonly string[]): Promise<Map<string, number>> {
    const possible = userIds.filter(fitsBigint);
    if (possible.length === 0) return new Map();
    const rows = await this.dataSource.query<{ user_id: string; at: Date }[]>(LAST_CONNECTED, [possible]);
    return new Map(rows.map(({ user_id, at }) => [user_id, at.getTime()]));
  }
}
