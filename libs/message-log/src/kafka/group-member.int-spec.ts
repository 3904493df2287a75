import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TemporaryTopic } from '../testing/temporary-topic.js';
import { GroupMember } from './group-member.js';
import type { KafkaMessageLog } from './kafka-message-log.js';

describe('GroupMember', () => {
  let topic: TemporaryTopic;
  let log: KafkaMessageLog;

  beforeEach(async () => {
    topic = TemporaryTopic.named('member', { partitions: 2 });
    log = await topic.open();
  });

  afterEach(async () => {
    await log.close();
    await topic.remove();
  });

  it('owns nothing when the brokers come only after it has been told to leave', async () => {
    const group = topic.groupOf('router');
    const port = await freePort();
    const logger = new Logger(GroupMember.name);
    const attempts = vi.spyOn(logger, 'verbose').mockReturnValue(undefined);
    const member = new GroupMember(
      { brokers: [`127.0.0.1:${port}`], clientId: 'parley-test' },
      { topic: topic.settings.topic, group },
      { onJoined: () => undefined, onLost: () => undefined, onFetched: async () => undefined },
      logger,
    );
    member.join();
    await vi.waitFor(() => expect(attempts).toHaveBeenCalledWith(expect.stringContaining('ECONNREFUSED')));
    const left = member.leave();
    const relay = relayTo(topic.connection.brokers[0], port);
    const [caller] = (await once(relay, 'connection')) as [Socket];
    const hungUp = once(caller, 'close');
    await left;
    await hungUp;
    relay.close();
    const { groups } = await topic.withAdmin((admin) => admin.describeGroups([group]));
    expect(groups[0].members).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function relayTo(broker: string, port: number): Server {
  const [host, brokerPort] = broker.split(':');
  const relay = createServer((caller) => {
    const callee = connect(Number(brokerPort), host);
    caller.on('error', () => callee.destroy()).pipe(callee);
    callee.on('error', () => caller.destroy()).pipe(caller);
  });
  return relay.listen(port, '127.0.0.1');
}
