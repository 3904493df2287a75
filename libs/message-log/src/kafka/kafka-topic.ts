import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin, type ITopicMetadata } from 'kafkajs';

// Node finds only some of the names in this CommonJS package.
const { ConfigResourceTypes } = kafkajs;

const DAY_MS = 24 * 3_600_000;
/** What `MessageLog` promises: longer than any client retries, shorter than de-duplication remembers. */
const KEPT_AT_LEAST_MS = 7 * DAY_MS;
const KEPT_BELOW_MS = 30 * DAY_MS;
/** Largest batch of records that the topic takes: a full group of ours, or one record of the largest size. */
const MESSAGE_BYTES = 2 * 1024 * 1024;
/** With the others the broker would pack our own records so that we cannot read them; with `producer` it is up to whoever writes. */
const READABLE_COMPRESSION = new Set(['uncompressed', 'gzip', 'producer']);
const LEADER_ATTEMPTS = 50;
const LEADER_WAIT_MS = 100;

export interface KafkaTopicSettings {
  topic: string;
  /** Fixed at creation: it decides where a conversation stands. */
  partitions: number;
  /** Copies of each partition, at least. */
  replicationFactor: number;
  /** Copies that must have a record before it counts as appended, at least. */
  minInsyncReplicas: number;
}

/** A topic that would break a promise of the log. Waiting does not help, somebody has to change it. */
export class UnusableTopic extends Error {
  constructor(topic: string, faults: readonly string[]) {
    super(`The Kafka topic ${topic} cannot be used: ${faults.join('; ')}`);
    this.name = 'UnusableTopic';
  }
}

/**
 * Creates the topic where it is missing, which several processes may do at once, and checks the one that is there.
 * Rejects with one `UnusableTopic` that names all faults.
 */
export async function openTopic(admin: Admin, settings: KafkaTopicSettings): Promise<void> {
  const { topic } = settings;
  if (!(await admin.listTopics()).includes(topic)) await createTopic(admin, settings);
  const faults = [...faultsOfPlacement(await describeTopic(admin, topic), settings)];
  const values = await configOf(admin, topic);
  for (const rule of rulesOf(settings)) {
    const value = values.get(rule.name);
    if (value === undefined || !rule.accepts(value)) faults.push(`${rule.name} is ${value}, not ${rule.wanted}`);
  }
  const removedAfterMs = Number(values.get('retention.ms')) + Number(values.get('segment.ms'));
  if (removedAfterMs >= KEPT_BELOW_MS) {
    // A record goes with its whole segment, whose newest record has to be old enough.
    faults.push(`retention.ms and segment.ms together are ${removedAfterMs}, not below ${KEPT_BELOW_MS} (30 days)`);
  }
  if (faults.length > 0) throw new UnusableTopic(topic, faults);
}

/** Leader, replicas and in-sync replicas of each partition, as the brokers see them now. */
export async function describeTopic(admin: Admin, topic: string): Promise<ITopicMetadata['partitions']> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0].partitions.toSorted((a, b) => a.partitionId - b.partitionId);
}

interface ConfigRule {
  name: string;
  /** What a topic of ours is created with; absent where the broker's default will do. */
  created?: string;
  accepts: (value: string) => boolean;
  wanted: string;
}

function rulesOf({ minInsyncReplicas }: KafkaTopicSettings): ConfigRule[] {
  const exactly = (name: string, created: string): ConfigRule => ({
    name,
    created,
    accepts: (value) => value === created,
    wanted: created,
  });
  const atLeast = (name: string, least: number): ConfigRule => ({
    name,
    created: String(least),
    accepts: (value) => Number(value) >= least,
    wanted: `at least ${least}`,
  });
  return [
    exactly('cleanup.policy', 'delete'),
    // A limit of bytes would remove records of any age.
    exactly('retention.bytes', '-1'),
    exactly('message.timestamp.type', 'LogAppendTime'),
    exactly('unclean.leader.election.enable', 'false'),
    atLeast('min.insync.replicas', minInsyncReplicas),
    atLeast('max.message.bytes', MESSAGE_BYTES),
    {
      name: 'compression.type',
      // The broker unpacks what others have packed: kafkajs ends at the first record that it cannot unpack.
      created: 'uncompressed',
      accepts: (value) => READABLE_COMPRESSION.has(value),
      wanted: [...READABLE_COMPRESSION].join(' or '),
    },
    {
      name: 'retention.ms',
      created: String(KEPT_AT_LEAST_MS),
      accepts: (value) => Number(value) >= KEPT_AT_LEAST_MS && Number(value) < KEPT_BELOW_MS,
      wanted: `from ${KEPT_AT_LEAST_MS} (7 days) to below ${KEPT_BELOW_MS} (30 days)`,
    },
  ];
}

async function createTopic(admin: Admin, settings: KafkaTopicSettings): Promise<void> {
  const { topic, partitions: numPartitions, replicationFactor } = settings;
  const configEntries = rulesOf(settings).flatMap(({ name, created }) => (created ? [{ name, value: created }] : []));
  try {
    await admin.createTopics({ topics: [{ topic, numPartitions, replicationFactor, configEntries }], timeout: 5_000 });
  } catch (error) {
    throw new Error(`The topic ${topic} could not be created: ${reasonOf(error)}`, { cause: error });
  }
  await awaitLeaders(admin, topic);
}

/** The leaders of a new topic take office a moment after it is there. */
async function awaitLeaders(admin: Admin, topic: string): Promise<void> {
  for (let left = LEADER_ATTEMPTS; ; left--) {
    try {
      await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (left === 0) throw error;
      await sleep(LEADER_WAIT_MS);
    }
  }
}

/** kafkajs keeps what the brokers said about each topic inside of its error. */
function reasonOf(error: unknown): string {
  const { errors = [], message } = error as { errors?: Error[]; message: string };
  return [message, ...errors.map((one) => one.message)].join(': ');
}

function faultsOfPlacement(found: ITopicMetadata['partitions'], settings: KafkaTopicSettings): string[] {
  const faults: string[] = [];
  if (found.length !== settings.partitions) {
    faults.push(`it has ${found.length} partitions, not ${settings.partitions}`);
  }
  const copies = Math.min(...found.map((partition) => partition.replicas.length));
  if (copies < settings.replicationFactor) {
    faults.push(`it has ${copies} replicas, not at least ${settings.replicationFactor}`);
  }
  return faults;
}

async function configOf(admin: Admin, topic: string): Promise<Map<string, string>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
  });
  return new Map(resources[0].configEntries.map(({ configName, configValue }) => [configName, configValue]));
}
