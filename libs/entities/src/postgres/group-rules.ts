import type { Role } from '@parley/contracts';

/** What is known about a change of a group when its rules are asked, under the group's lock. */
export interface Standing {
  actor: Role;
  /** Whom it concerns; null where that user is not a member. */
  target: Role | null;
  memberCount: number;
}

export type Ruling = 'go' | 'unchanged' | 'not_found' | 'forbidden' | 'conflict';

/** Owner and admin add. */
export function ruleOnAdding({ actor, target, memberCount }: Standing, memberLimit: number): Ruling {
  if (actor === 'member') return 'forbidden';
  if (target) return 'unchanged';
  return memberCount < memberLimit ? 'go' : 'conflict';
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

/** Owner and admin rename. */
export function ruleOnRenaming({ actor }: Standing, present: string | null, title: string): Ruling {
  if (actor === 'member') return 'forbidden';
  return title === present ? 'unchanged' : 'go';
}
