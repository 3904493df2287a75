import type { Role } from '@parley/contracts';

/** What is known about a change of a group when its rules are asked, under the group's lock. */
export interface Standing {
  actor: Role;
  /** Whom it concerns; null where that user is not a member. */
  target: Role | null;
  memberCount: number;
}

export type Ruling = 'go' | 'unchanged' | 'not_found' | 'forbidden' | 'conflict';

/** Owner and admin add; only the owner with another role than member, and a group is handed over to members only. */
export function ruleOnAdding({ actor, target, memberCount }: Standing, role: Role, memberLimit: number): Ruling {
  if (actor === 'member') return 'forbidden';
  if (target) return 'unchanged';
  if (role !== 'member' && actor !== 'owner') return 'forbidden';
  return role !== 'owner' && memberCount < memberLimit ? 'go' : 'conflict';
}

/** Only the owner sets roles, and stays the owner until somebody else is it. */
export function ruleOnRole({ actor, target }: Standing, role: Role): Ruling {
  if (actor === 'member') return 'forbidden';
  if (!target) return 'not_found';
  if (target === role) return 'unchanged';
  if (actor !== 'owner') return 'forbidden';
  return target === 'owner' ? 'conflict' : 'go';
}

/** An owner hands over before leaving, unless nobody else is there. */
export function ruleOnLeaving({ actor, memberCount }: Standing): Ruling {
  return actor === 'owner' && memberCount > 1 ? 'conflict' : 'go';
}

/** The owner removes anybody, an admin removes members. */
export function ruleOnRemoving({ actor, target }: Standing): Ruling {
  if (actor === 'member') return 'forbidden';
  if (!target) return 'not_found';
  return actor === 'owner' || target === 'member' ? 'go' : 'forbidden';
}

/** The owner deletes. */
export function ruleOnDeleting({ actor }: Standing): Ruling {
  return actor === 'owner' ? 'go' : 'forbidden';
}

/** Owner and admin rename. */
export function ruleOnRenaming({ actor }: Standing, present: string | null, title: string): Ruling {
  if (actor === 'member') return 'forbidden';
  return title === present ? 'unchanged' : 'go';
}
