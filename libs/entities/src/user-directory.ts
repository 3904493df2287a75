export interface User {
  user_id: string;
  /** Lower case, unique. */
  handle: string;
  display_name: string | null;
  avatar_url: string | null;
  /** Milliseconds since 1970. */
  created_at: number;
}

/** Accounts. A write that resolved is seen by every later read. Unknown ids and handles answer null. */
export abstract class UserDirectory {
  /** Stores a new user; `handle_taken` where the handle (given in lower case) is in use, also under concurrency. */
  abstract create(user: User, passwordHash: string): Promise<User | 'handle_taken'>;
  abstract findById(userId: string): Promise<User | null>;
  /** Unknown ids are absent from the answer. */
  abstract findByIds(userIds: readonly string[]): Promise<Map<string, User>>;
  abstract findByHandle(handle: string): Promise<User | null>;
  abstract findCredentials(handle: string): Promise<{ user: User; passwordHash: string } | null>;
  /** Changes what is given (null clears it) and answers the user as it is now. */
  abstract update(
    userId: string,
    change: { display_name?: string | null; avatar_url?: string | null },
  ): Promise<User | null>;
}
