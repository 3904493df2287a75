import type { Logger } from '@nestjs/common';
import type { Admin } from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Availability } from './availability.js';
import { TopicWatch } from './topic-watch.js';

describe('TopicWatch', () => {
  let lines: string[];
  let answer: () => { leader: number; isr: number[] }[];
  let publishing: Availability;
  let watch: TopicWatch;

  beforeEach(() => {
    lines = [];
    answer = () => [
      { leader: 1, isr: [1, 2] },
      { leader: 2, isr: [2, 3] },
    ];
    const note = (line: string) => lines.push(line);
    publishing = new Availability('Publishing', { warn: note, log: note } as unknown as Logger);
    const admin = {
      fetchTopicMetadata: async () => ({
        topics: [{ partitions: answer().map((one, partitionId) => ({ ...one, partitionId })) }],
      }),
    };
    const settings = { topic: 'entries', partitions: 2, replicationFactor: 3, minInsyncReplicas: 2 };
    watch = new TopicWatch(admin as unknown as Admin, settings, publishing);
  });

  afterEach(() => watch.stop());

  it('learns who leads which partition', async () => {
    expect(watch.leaderOf(1)).toBe(-1);
    await watch.look();
    expect([watch.leaderOf(0), watch.leaderOf(1)]).toEqual([1, 2]);
    expect(publishing.reason).toBeNull();
  });

  it('finds partitions without a leader or with too few replicas in sync', async () => {
    answer = () => [
      { leader: -1, isr: [] },
      { leader: 2, isr: [2] },
      { leader: 1, isr: [1, 3] },
    ];
    await watch.look();
    expect(publishing.reason).toBe('2 of 3 partitions have too few replicas in sync');
  });

  it('tells once that it fails and once that it works again, when nothing has failed between two looks', async () => {
    await watch.look();
    publishing.failed(new Error('the connection was closed'));
    await watch.look();
    publishing.failed(new Error('not the leader'));
    await watch.look();
    expect(publishing.reason).toBe('not the leader');
    await watch.look();
    expect(publishing.reason).toBeNull();
    expect(lines).toEqual(['Publishing fails: the connection was closed', 'Publishing works again']);
  });

  it('takes brokers that do not answer for a failure', async () => {
    answer = () => {
      throw new Error('no broker answers');
    };
    await watch.look();
    expect(publishing.reason).toBe('no broker answers');
  });
});
