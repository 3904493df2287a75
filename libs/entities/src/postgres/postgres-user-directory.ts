import { Injectable } from '@nestjs/common';
import { DataSource, In, type Repository } from 'typeorm';
import { type User, UserDirectory } from '../user-directory.js';
import { fitsBigint } from './bigint-id.js';
import { UserRow } from './tables/user-row.js';

/** Accounts in the table `users`. */
@Injectable()
export class PostgresUserDirectory extends UserDirectory {
  private readonly users: Repository<UserRow>;

  constructor(dataSource: DataSource) {
    super();
    this.users = dataSource.getRepository(UserRow);
  }

  override async create(user: User, passwordHash: string): Promise<User | 'handle_taken'> {
    const { user_id, handle, display_name, avatar_url, created_at } = user;
    // Only the handle may be in the way: an id that is given twice is a fault and throws.
    const inserted = await this.users.query<unknown[]>(
      `INSERT INTO users (user_id, handle, password_hash, display_name, avatar_url, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (handle) DO NOTHING RETURNING user_id`,
      [user_id, handle, passwordHash, display_name, avatar_url, new Date(created_at)],
    );
    return inserted.length === 1 ? user : 'handle_taken';
  }

  override async findById(userId: string): Promise<User | null> {
    return (await this.findByIds([userId])).get(userId) ?? null;
  }

  override async findByIds(userIds: readonly string[]): Promise<Map<string, User>> {
    const rows = await this.users.findBy({ user_id: In(userIds.filter(fitsBigint)) });
    return new Map(rows.map((row) => [row.user_id, toUser(row)]));
  }

  override async findByHandle(handle: string): Promise<User | null> {
    return (await this.findCredentials(handle))?.user ?? null;
  }

  override async findCredentials(handle: string): Promise<{ user: User; passwordHash: string } | null> {
    const row = await this.users.findOneBy({ handle });
    return row && { user: toUser(row), passwordHash: row.password_hash };
  }

  override async update(
    userId: string,
    { display_name, avatar_url }: { display_name?: string | null; avatar_url?: string | null },
  ): Promise<User | null> {
    if (!fitsBigint(userId)) return null;
    const given = Object.entries({ display_name, avatar_url }).filter(([, value]) => value !== undefined);
    if (given.length > 0) await this.users.update({ user_id: userId }, Object.fromEntries(given));
    return this.findById(userId);
  }
}

export function toUser({ user_id, handle, display_name, avatar_url, created_at }: UserRow): User {
  return { user_id, handle, display_name, avatar_url, created_at };
}
