import type { LogProgress } from '../log-progress.js';
import { messageLogContract, type MessageLogUnderTest } from '../testing/message-log.contract.js';
import { TemporaryTopic } from '../testing/temporary-topic.js';
import type { KafkaMessageLog } from './kafka-message-log.js';
import type { KafkaRecordSource } from './kafka-record-source.js';

/**
 * What a kill leaves behind stands in Kafka, which a kill of this process does not touch. So it is only this process that
 * goes: its members leave their groups without a further commit.
 */
class KafkaUnderTest implements MessageLogUnderTest {
  constructor(
    private readonly topic: TemporaryTopic,
    readonly log: KafkaMessageLog,
    private readonly sources: KafkaRecordSource[] = [],
  ) {}

  source(group: string): KafkaRecordSource {
    const source = this.log.source(this.topic.groupOf(group));
    this.sources.push(source);
    return source;
  }

  progress(group: string): LogProgress {
    return this.log.progress(this.topic.groupOf(group));
  }

  async afterKill(): Promise<MessageLogUnderTest> {
    await this.stopSources();
    return new KafkaUnderTest(this.topic, await this.topic.open(), this.sources);
  }

  async close(): Promise<void> {
    await this.stopSources();
    await this.log.close();
    await this.topic.remove();
  }

  private async stopSources(): Promise<void> {
    await Promise.all(this.sources.splice(0).map((source) => source.stop()));
  }
}

messageLogContract('KafkaMessageLog', async () => {
  const topic = TemporaryTopic.named('contract', { partitions: 4 });
  return new KafkaUnderTest(topic, await topic.open());
});
