import { TokenFamilies, UserDirectory, type Rotation, type User } from '@parley/entities';

/** Accounts in a map. */
export class InMemoryUserDirectory extends UserDirectory {
  private readonly accounts = new Map<string, { user: User; passwordHash: string }>();

  async create(user: User, passwordHash: string): Promise<User | 'handle_taken'> {
    if (this.account(user.handle)) return 'handle_taken';
    this.accounts.set(user.user_id, { user, passwordHash });
    return user;
  }

  async findById(userId: string): Promise<User | null> {
    return this.accounts.get(userId)?.user ?? null;
  }

  async findByIds(userIds: readonly string[]): Promise<Map<string, User>> {
    const found = userIds.flatMap((id) => this.accounts.get(id)?.user ?? []);
    return new Map(found.map((user) => [user.user_id, user]));
  }

  async findByHandle(handle: string): Promise<User | null> {
    return this.account(handle)?.user ?? null;
  }

  async findCredentials(handle: string): Promise<{ user: User; passwordHash: string } | null> {
    return this.account(handle) ?? null;
  }

  async update(userId: string, change: Partial<User>): Promise<User | null> {
    const account = this.accounts.get(userId);
    if (!account) return null;
    account.user = { ...account.user, ...change };
    return account.user;
  }

  private account(handle: string) {
    return [...this.accounts.values()].find(({ user }) => user.handle === handle);
  }
}

interface Token {
  family: string;
  expiresAt: number;
  isUsed: boolean;
}

/** Token families in two maps. */
export class InMemoryTokenFamilies extends TokenFamilies {
  private readonly tokens = new Map<string, Token>();
  private readonly families = new Map<string, { userId: string; isRevoked: boolean }>();

  async start(start: { family: string; userId: string; tokenDigest: string; expiresAt: number }): Promise<void> {
    this.families.set(start.family, { userId: start.userId, isRevoked: false });
    this.tokens.set(start.tokenDigest, { family: start.family, expiresAt: start.expiresAt, isUsed: false });
  }

  async rotate(use: { tokenDigest: string; nextDigest: string; expiresAt: number; now: number }): Promise<Rotation> {
    const token = this.tokens.get(use.tokenDigest);
    const family = token && this.families.get(token.family);
    if (!token || !family) return { outcome: 'unknown' };
    if (token.isUsed) {
      family.isRevoked = true;
      return { outcome: 'reused', family: token.family };
    }
    if (family.isRevoked || token.expiresAt <= use.now) return { outcome: 'unknown' };
    token.isUsed = true;
    this.tokens.set(use.nextDigest, { family: token.family, expiresAt: use.expiresAt, isUsed: false });
    return { outcome: 'rotated', userId: family.userId, family: token.family };
  }

  async revokeByToken(tokenDigest: string): Promise<string | null> {
    const token = this.tokens.get(tokenDigest);
    const family = token && this.families.get(token.family);
    if (!token || !family) return null;
    family.isRevoked = true;
    return token.family;
  }

  async isRevoked(family: string): Promise<boolean> {
    return this.families.get(family)?.isRevoked ?? true;
  }

  async revokedAmong(families: readonly string[]): Promise<Set<string>> {
    return new Set(families.filter((family) => this.families.get(family)?.isRevoked ?? true));
  }
}
