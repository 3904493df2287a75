import type { Rejection } from '@parley/contracts';
import type { Submission, SubmitEntry, Submittal } from '@parley/sending';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChangeMessage, type MessageChange } from './change-message.js';

const KEY = '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11';
const target = { sender_id: '901', conversation_id: '500', target_id: '70001', key: KEY };
const content = { type: 'text', text: 'new' } as const;
const CHANGES: MessageChange[] = [
  { kind: 'edit', content },
  { kind: 'delete' },
  { kind: 'react', emoji: '👍', op: 'add' },
  { kind: 'react', emoji: '👍', op: 'remove' },
];

describe('ChangeMessage', () => {
  const answer: Submittal = { ok: false, code: 'forbidden', message: 'no' };
  let submitted: Submission[];
  let changeMessage: ChangeMessage;

  beforeEach(() => {
    submitted = [];
    const execute: SubmitEntry['execute'] = async (submission) => (submitted.push(submission), answer);
    changeMessage = new ChangeMessage({ execute } as SubmitEntry);
  });

  const faultsOf = async (change: MessageChange, more: Partial<typeof target> | { key: undefined }) => {
    const refused = (await changeMessage.execute({ ...target, ...more }, change)) as Rejection;
    expect(refused).toMatchObject({ ok: false, code: 'validation_failed' });
    return refused.faults?.map(({ path }) => path);
  };

  it.each(CHANGES)('submits %j as the socket would, and answers what comes of it', async (change) => {
    expect(await changeMessage.execute(target, change)).toBe(answer);
    const { key: client_msg_id, ...ids } = target;
    expect(submitted).toEqual([{ ...ids, client_msg_id, ...change }]);
  });

  it.each(CHANGES)('submits no %j without a key that is one UUID, and names its header', async (change) => {
    for (const key of [undefined, '', 'x', `${KEY}, ${KEY}`]) {
      expect(await faultsOf(change, { key })).toEqual(['Idempotency-Key']);
    }
    expect(submitted).toEqual([]);
  });

  it('names emoji and key where both are at fault', async () => {
    const faults = await faultsOf({ kind: 'react', emoji: '', op: 'add' }, { key: 'x' });
    expect(new Set(faults)).toEqual(new Set(['emoji', 'Idempotency-Key']));
    expect(submitted).toEqual([]);
  });
});
