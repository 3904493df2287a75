import {
  OperatorDirectory,
  TokenFamilies,
  UserDirectory,
  type Account,
  type AccountChange,
  type Rotation,
  type User,
} from '@parley/entities';

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

  readonly disabled = new Map<string, number>();

  async start(start: { family: string; userId: string; tokenDigest: string; expiresAt: number }): Promise<boolean> {
    if (this.disabled.has(start.userId)) return false;
    this.families.set(start.family, { userId: start.userId, isRevoked: false });
    this.tokens.set(start.tokenDigest, { family: start.family, expiresAt: start.expiresAt, isUsed: false });
    return true;
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

  revokeAllOf(userId: string): string[] {
    const living = [...this.families].filter(([, family]) => family.userId === userId && !family.isRevoked);
    for (const [, family] of living) family.isRevoked = true;
    return living.map(([family]) => family);
  }

  async isRevoked(family: string): Promise<boolean> {
    return this.families.get(family)?.isRevoked ?? true;
  }

  async revokedAmong(families: readonly string[]): Promise<Set<string>> {
    return new Set(families.filter((family) => this.families.get(family)?.isRevoked ?? true));
  }
}

/** Operators in a set, beside the families that they revoke. */
export class InMemoryOperators extends OperatorDirectory {
  private readonly appointed = new Set<string>();

  constructor(
    private readonly users: UserDirectory,
    private readonly families: InMemoryTokenFamilies,
  ) {
    super();
  }

  async isOperator(userId: string): Promise<boolean> {
    return this.appointed.has(userId) && !this.families.disabled.has(userId);
  }

  async operators(): Promise<User[]> {
    return [...(await this.users.findByIds([...this.appointed])).values()];
  }

  async account(userId: string): Promise<Account | null> {
    const user = await this.users.findById(userId);
    const disabled_at = this.families.disabled.get(userId) ?? null;
    return user && { user, is_operator: this.appointed.has(userId), disabled_at, logins: [], devices: [] };
  }

  async appoint(userId: string): Promise<AccountChange> {
    return this.change(userId, () => this.appointed.add(userId));
  }

  async dismiss(userId: string): Promise<AccountChange> {
    if (await this.isLast(userId)) return 'last_operator';
    return this.change(userId, () => this.appointed.delete(userId));
  }

  async disable(userId: string, now: number): Promise<{ families: string[] } | Exclude<AccountChange, 'done'>> {
    if (await this.isLast(userId)) return 'last_operator';
    const families = this.families.revokeAllOf(userId);
    const changed = await this.change(userId, () => this.families.disabled.set(userId, now));
    return changed === 'done' ? { families } : changed;
  }

  async enable(userId: string): Promise<AccountChange> {
    return this.change(userId, () => this.families.disabled.delete(userId));
  }

  private async change(userId: string, change: () => unknown): Promise<'done' | 'not_found'> {
    if (!(await this.users.findById(userId))) return 'not_found';
    change();
    return 'done';
  }

  private async isLast(userId: string): Promise<boolean> {
    const active = [...this.appointed].filter((id) => !this.families.disabled.has(id));
    return active.length === 1 && active[0] === userId;
  }
}
