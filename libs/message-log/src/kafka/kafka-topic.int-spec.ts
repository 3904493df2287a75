import kafkajs from 'kafkajs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TemporaryTopic } from '../testing/temporary-topic.js';
import { KafkaMessageLog } from './kafka-message-log.js';
import { UnusableTopic } from './kafka-topic.js';

describe('opening a Kafka topic', () => {
  let topic: TemporaryTopic;

  beforeEach(() => {
    topic = TemporaryTopic.named('opening', { partitions: 3 });
  });

  afterEach(() => topic.remove());

  it('creates it when it is missing, also when two processes open it at once, and says what is there', async () => {
    const logs = await Promise.all([topic.open(), topic.open()]);
    const [one, other] = logs.map((log) => log.description);
    expect(one).toEqual({
      clusterId: expect.stringMatching(/.+/),
      topic: topic.settings.topic,
      partitions: 3,
    });
    expect(other).toEqual(one);
    expect(await logs[0].ends()).toEqual([0, 0, 0]);
    await Promise.all(logs.map((log) => log.close()));
  });

  it('says where each partition ends at the moment, also when it is opened again', async () => {
    const log = await topic.open();
    const positions = await Promise.all(
      ['a', 'b', 'c', 'd'].map((key) => log.append({ key, value: Buffer.from(key) })),
    );
    const ends = await log.ends();
    await log.close();
    const again = await topic.open();
    expect(await again.ends()).toEqual(ends);
    expect(ends.reduce((sum, end) => sum + end, 0)).toBe(positions.length);
    await again.close();
  });

  it('refuses a topic that breaks promises of the log, with one error that names them all', async () => {
    await topic.withAdmin((admin) =>
      admin.createTopics({
        topics: [
          {
            topic: topic.settings.topic,
            numPartitions: 2,
            configEntries: [
              { name: 'cleanup.policy', value: 'compact' },
              { name: 'retention.ms', value: '3600000' },
              { name: 'retention.bytes', value: '1000000' },
              { name: 'message.timestamp.type', value: 'CreateTime' },
              { name: 'unclean.leader.election.enable', value: 'true' },
              { name: 'max.message.bytes', value: '1000' },
              { name: 'compression.type', value: 'lz4' },
            ],
          },
        ],
      }),
    );
    const settings = { ...topic.settings, replicationFactor: 3, minInsyncReplicas: 2 };
    const refusal: unknown = await KafkaMessageLog.open(topic.connection, settings).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnusableTopic);
    const { message } = refusal as UnusableTopic;
    for (const fault of [
      'it has 2 partitions, not 3',
      'it has 1 replicas, not at least 3',
      'cleanup.policy is compact, not delete',
      'retention.ms is 3600000, not from 604800000 (7 days) to below 2592000000 (30 days)',
      'retention.bytes is 1000000, not -1',
      'message.timestamp.type is CreateTime, not LogAppendTime',
      'unclean.leader.election.enable is true, not false',
      'min.insync.replicas is 1, not at least 2',
      'max.message.bytes is 1000, not at least 2097152',
      'compression.type is lz4, not uncompressed or gzip or producer',
    ]) {
      expect(message).toContain(fault);
    }
  });

  it('refuses a topic whose records may stay as long as de-duplication remembers', async () => {
    const log = await topic.open();
    await log.close();
    const day = 24 * 3_600_000;
    await topic.withAdmin((admin) =>
      admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: kafkajs.ConfigResourceTypes.TOPIC,
            name: topic.settings.topic,
            configEntries: [
              { name: 'message.timestamp.type', value: 'LogAppendTime' },
              { name: 'retention.ms', value: String(20 * day) },
              { name: 'segment.ms', value: String(15 * day) },
              { name: 'max.message.bytes', value: String(2 * 1024 * 1024) },
            ],
          },
        ],
      }),
    );
    await expect(topic.open()).rejects.toThrow(
      /cannot be used: retention.ms and segment.ms together are 3024000000, not below 2592000000 \(30 days\)$/,
    );
  });

  it('rejects within seconds where no broker answers, and leaves nothing open', async () => {
    const connection = { ...topic.connection, brokers: ['localhost:1'] };
    await expect(KafkaMessageLog.open(connection, topic.settings)).rejects.toMatchObject({
      name: 'EngineUnavailable',
      engine: 'kafka',
    });
  });

  it('refuses a record that the topic would not take', async () => {
    const log = await topic.open();
    const append = log.append({ key: '1', value: new Uint8Array(1024 * 1024 + 1) });
    await expect(append).rejects.toThrow('A record of 1048577 bytes is larger than 1048576');
    await log.close();
  });
});
