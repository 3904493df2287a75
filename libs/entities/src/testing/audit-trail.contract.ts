import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditedAttempt, AuditTrail } from '../audit-trail.js';
import type { UserDirectory } from '../user-directory.js';
import { register } from './people.js';

export interface AuditTrailUnderTest {
  audit: AuditTrail;
  users: UserDirectory;
}

const NOW = Date.UTC(2026, 0, 1);

/** What every audit trail does. `open` gives an empty one. */
export function auditTrailContract(name: string, open: () => Promise<AuditTrailUnderTest>): void {
  describe(`${name} as an audit trail`, () => {
    let audit: AuditTrail;
    let attempt: AuditedAttempt;

    beforeEach(async () => {
      const under = await open();
      audit = under.audit;
      const [actor_id] = await register(under.users, 1);
      attempt = {
        actor_id,
        action: 'PUT /thing',
        object: '4711',
        request_id: 'request-1',
        address: '192.0.2.1',
        at: NOW,
      };
    });

    it('shows an attempt before anything has come of it, and its outcome afterwards', async () => {
      const audit_id = await audit.begin(attempt);
      expect(await audit.page({ limit: 10 })).toEqual([{ ...attempt, audit_id, outcome: null, ended_at: null }]);
      await audit.end(audit_id, 'done', NOW + 5);
      expect(await audit.page({ limit: 10 })).toEqual([{ ...attempt, audit_id, outcome: 'done', ended_at: NOW + 5 }]);
    });

    it('takes an attempt of nobody known, on nothing in particular', async () => {
      const bare = { actor_id: null, action: 'create', object: null, request_id: null, address: null, at: NOW };
      await audit.begin(bare);
      expect(await audit.page({ limit: 1 })).toMatchObject([bare]);
    });

    it('is turned page by page, the newest first', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 5; i++) ids.unshift(await audit.begin({ ...attempt, at: NOW + i }));
      const idsOf = async (page: { limit: number; before?: string }) =>
        (await audit.page(page)).map(({ audit_id }) => audit_id);
      expect(await idsOf({ limit: 2 })).toEqual(ids.slice(0, 2));
      expect(await idsOf({ limit: 2, before: ids[1] })).toEqual(ids.slice(2, 4));
      expect(await idsOf({ limit: 2, before: ids[3] })).toEqual(ids.slice(4));
      expect(await idsOf({ limit: 2, before: ids[4] })).toEqual([]);
    });

    it('takes one outcome for an attempt, and none for an attempt that never was', async () => {
      const audit_id = await audit.begin(attempt);
      await audit.end(audit_id, 'not_found', NOW);
      await expect(audit.end(audit_id, 'done', NOW)).rejects.toThrow();
      await expect(audit.end('999999999', 'done', NOW)).rejects.toThrow();
      expect(await audit.page({ limit: 10 })).toMatchObject([{ outcome: 'not_found' }]);
    });
  });
}
