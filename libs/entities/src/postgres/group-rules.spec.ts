import { describe, expect, it } from 'vitest';
import { ruleOnAdding, ruleOnLeaving, ruleOnRemoving, ruleOnRenaming } from './group-rules.js';

const ROLES = ['owner', 'admin', 'member'] as const;
const stranger = { target: null, memberCount: 3 };

describe('the rules of a group', () => {
  it('let owner and admin add and rename, and forbid it to members', () => {
    const answers = ROLES.map((actor) => [
      ruleOnAdding({ actor, ...stranger }, 256),
      ruleOnRenaming({ actor, ...stranger }, 'old', 'new'),
    ]);
    expect(answers).toEqual([
      ['go', 'go'],
      ['go', 'go'],
      ['forbidden', 'forbidden'],
    ]);
  });

  it('let the owner remove anybody and an admin plain members', () => {
    const answers = ROLES.map((actor) => ROLES.map((target) => ruleOnRemoving({ actor, target, memberCount: 3 })));
    expect(answers).toEqual([
      ['go', 'go', 'go'],
      ['forbidden', 'forbidden', 'go'],
      ['forbidden', 'forbidden', 'forbidden'],
    ]);
  });

  it('tell only those who may remove whether somebody is a member', () => {
    expect(ROLES.map((actor) => ruleOnRemoving({ actor, ...stranger }))).toEqual([
      'not_found',
      'not_found',
      'forbidden',
    ]);
  });

  it('let everybody leave but an owner with others in the group', () => {
    const leave = (actor: (typeof ROLES)[number], memberCount: number) =>
      ruleOnLeaving({ actor, target: actor, memberCount });
    expect(ROLES.map((actor) => leave(actor, 2))).toEqual(['conflict', 'go', 'go']);
    expect(leave('owner', 1)).toBe('go');
  });

  it('fill a group up to its limit', () => {
    const add = (memberCount: number) => ruleOnAdding({ actor: 'owner', target: null, memberCount }, 4);
    expect([add(3), add(4)]).toEqual(['go', 'conflict']);
  });
});
