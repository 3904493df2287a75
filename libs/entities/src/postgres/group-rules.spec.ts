import { describe, expect, it } from 'vitest';
import {
  ruleOnAdding,
  ruleOnDeleting,
  ruleOnLeaving,
  ruleOnRemoving,
  ruleOnRenaming,
  ruleOnRole,
} from './group-rules.js';

const ROLES = ['owner', 'admin', 'member'] as const;
const stranger = { target: null, memberCount: 3 };

describe('the rules of a group', () => {
  it('let owner and admin add and rename, and forbid it to members', () => {
    const answers = ROLES.map((actor) => [
      ruleOnAdding({ actor, ...stranger }, 'member', 256),
      ruleOnRenaming({ actor, ...stranger }, 'old', 'new'),
    ]);
    expect(answers).toEqual([
      ['go', 'go'],
      ['go', 'go'],
      ['forbidden', 'forbidden'],
    ]);
  });

  it('let only the owner add with another role, and hand over to nobody who is not a member', () => {
    const answers = ROLES.map((actor) => ROLES.map((role) => ruleOnAdding({ actor, ...stranger }, role, 256)));
    expect(answers).toEqual([
      ['conflict', 'go', 'go'],
      ['forbidden', 'forbidden', 'go'],
      ['forbidden', 'forbidden', 'forbidden'],
    ]);
  });

  it('add nobody twice, whatever the role', () => {
    const again = (actor: (typeof ROLES)[number]) =>
      ROLES.map((role) => ruleOnAdding({ actor, target: 'member', memberCount: 3 }, role, 256));
    expect([again('owner'), again('admin')]).toEqual([ROLES, ROLES].map((roles) => roles.map(() => 'unchanged')));
  });

  it('let only the owner change roles, and step back only by handing over', () => {
    const answers = (actor: (typeof ROLES)[number]) =>
      ROLES.map((target) => ROLES.map((role) => ruleOnRole({ actor, target, memberCount: 3 }, role)));
    expect(answers('owner')).toEqual([
      ['unchanged', 'conflict', 'conflict'],
      ['go', 'unchanged', 'go'],
      ['go', 'go', 'unchanged'],
    ]);
    expect(answers('admin')).toEqual([
      ['unchanged', 'forbidden', 'forbidden'],
      ['forbidden', 'unchanged', 'forbidden'],
      ['forbidden', 'forbidden', 'unchanged'],
    ]);
    expect(answers('member')).toEqual(ROLES.map(() => ROLES.map(() => 'forbidden')));
    expect(ROLES.map((actor) => ruleOnRole({ actor, ...stranger }, 'admin'))).toEqual([
      'not_found',
      'not_found',
      'forbidden',
    ]);
  });

  it('let the owner delete', () => {
    expect(ROLES.map((actor) => ruleOnDeleting({ actor, ...stranger }))).toEqual(['go', 'forbidden', 'forbidden']);
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
    const add = (memberCount: number) => ruleOnAdding({ actor: 'owner', target: null, memberCount }, 'member', 4);
    expect([add(3), add(4)]).toEqual(['go', 'conflict']);
  });
});
