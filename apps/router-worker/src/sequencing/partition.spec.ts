import type { LogRecord } from '@parley/contracts';
import { describe, expect, it } from 'vitest';
import { at, block, created, deletion, edit, message } from '../../test/sample-records.js';
import { ConversationState, keyOf } from './conversation-state.js';
import { judge } from './judge.js';
import { Partition } from './partition.js';

const NOTHING_KNOWN = { keys: new Map(), targets: new Map() };

describe('a partition’s memory', () => {
  const partition = new Partition();
  const state = new ConversationState('500');
  let offset = 0;

  /** Sequences records and notes them as one batch; returns what marks it stored. */
  function batch(...records: LogRecord[]): () => void {
    const accepted = records.flatMap((record) => {
      const { sequenced } = judge(state, at(record, offset++), NOTHING_KNOWN);
      return sequenced ? [{ sequenced, state }] : [];
    });
    return partition.track(accepted);
  }

  it('holds keys and targets until every batch up to theirs is stored', () => {
    const stored = [batch(created(), message(1)), batch(message(2), edit(3, '70001')), batch(deletion(4, '70002'))];
    stored[1]();
    partition.forgetStored();
    expect(state.unstored).toBe(5);
    expect([...state.unstoredTargets.keys()]).toEqual(['70001', '70002']);
    stored[0]();
    partition.forgetStored();
    expect([...state.unstoredKeys.keys()]).toEqual([keyOf('901', deletion(4, '70002').client_msg_id)]);
    expect(state.unstoredTargets.get('70002')).toMatchObject({ seq: 3, deletedSeq: 5, unstored: 1 });
    expect(state.unstoredTargets.has('70001')).toBe(false);
    stored[2]();
    partition.forgetStored();
    expect(state).toMatchObject({ unstored: 0, unstoredKeys: new Map(), unstoredTargets: new Map() });
  });

  it('keeps a conversation with a block change that is not stored', () => {
    const direct = new ConversationState('direct');
    judge(direct, at(created(), 0), NOTHING_KNOWN);
    const { sequenced } = judge(direct, at(block(2, true), 1), NOTHING_KNOWN);
    const markStored = partition.track([{ sequenced, state: direct }]);
    partition.forgetStored();
    expect(direct.unstored).toBe(2);
    markStored();
    partition.forgetStored();
    expect(direct.unstored).toBe(1);
  });

  it('keeps 20,000 conversations, the ones used last, and every one with an unstored entry', () => {
    const busy = new ConversationState('busy');
    busy.unstored = 1;
    partition.keep(busy);
    for (let number = 0; number < 20_005; number++) partition.keep(new ConversationState(`quiet ${number}`));
    partition.find('quiet 0');
    partition.forgetStored();
    expect(partition.find('busy')).toBe(busy);
    expect(partition.find('quiet 0')).toBeDefined();
    expect([1, 6, 7].map((number) => partition.find(`quiet ${number}`) !== undefined)).toEqual([false, false, true]);
  });
});
