import type { PullEntries } from '@parley/reading';
import { describe, expect, it } from 'vitest';
import type { Session } from '../connections/session.js';
import { AnswerPull } from './answer-pull.js';

const pull = { conversation_id: '7', after_seq: 0, limit: 200 };
const page = { entries: [], toSeq: 3, hasMore: false };

function setUp(backlogBytes = 0) {
  const waiting: (() => void)[] = [];
  const reader = { execute: () => new Promise((resolve) => waiting.push(() => resolve(page))) };
  const session = { identity: { userId: '42' }, pulls: 0, backlogBytes } as unknown as Session;
  return { waiting, session, answerPull: new AnswerPull(reader as unknown as PullEntries) };
}

describe('AnswerPull', () => {
  it('answers four pulls of a session at once and refuses more, until one of them is through', async () => {
    const { waiting, session, answerPull } = setUp();
    const first = Array.from({ length: 4 }, () => answerPull.execute(session, pull));
    const refused = { ok: false, code: 'rate_limited', retryAfterMs: 200 };
    expect(await answerPull.execute(session, pull)).toMatchObject(refused);
    for (const answer of waiting.splice(0)) answer();
    expect(await Promise.all(first)).toEqual(first.map(() => ({ ok: true, messages: [], to_seq: 3, has_more: false })));
    const next = answerPull.execute(session, pull);
    waiting[0]();
    expect(await next).toMatchObject({ ok: true });
  });

  it('refuses a client that does not read its answers', async () => {
    const { session, answerPull } = setUp(65_537);
    expect(await answerPull.execute(session, pull)).toMatchObject({ ok: false, code: 'rate_limited' });
  });
});
