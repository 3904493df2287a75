import { describe, expect, it } from 'vitest';
import { sessionIdsByGateway } from './session-ids-by-gateway.js';

describe('sessionIdsByGateway', () => {
  it('names each gateway once, with all of its sessions in their order', () => {
    const sessions = ['a/1', 'b/1', 'a/2', 'a/3'].map((session_id) => ({
      gateway: session_id.slice(0, 1),
      session_id,
    }));
    expect([...sessionIdsByGateway(sessions)]).toEqual([
      ['a', ['a/1', 'a/2', 'a/3']],
      ['b', ['b/1']],
    ]);
    expect(sessionIdsByGateway([]).size).toBe(0);
  });
});
