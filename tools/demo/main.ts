/**
 * `npm run demo`: a walk through the promise. Two people chat, one goes away, the other goes on, the server is killed in
 * the middle and started again, and nobody misses anything. Everything is real: the server is a process with data on
 * disk, the clients speak Socket.IO and HTTP. The verdict at the end is computed from what the clients received.
 */
import { StandaloneProcess, TestUser, type ChatClient } from '@parley/harness';
import { Narrator } from './narrator.js';
import { judge } from './verdict.js';

const WHILE_AWAY = 20;

async function chat(narrator: Narrator, clients: { alice: ChatClient; bob: ChatClient }, id: string): Promise<void> {
  narrator.scene('Alice and Bob chat');
  const lines = [
    ['alice', 'Hi Bob, are you there?'],
    ['bob', 'I am. What is new?'],
    ['alice', 'A lot. One moment ...'],
  ] as const;
  for (const [who, text] of lines) {
    const answer = await clients[who].send(id, text);
    if (!answer.ok) throw new Error(`${who}'s message was refused: ${answer.error.code}`);
    narrator.say(`${who}: "${text}"  (accepted as number ${answer.seq})`);
    await Promise.all(Object.values(clients).map((client) => client.untilShown(id, answer.seq)));
  }
  await clients.bob.untilAcknowledged(id, lines.length + 1);
}

async function goOnAlone(narrator: Narrator, hers: ChatClient, id: string): Promise<string[]> {
  narrator.scene(`Bob's phone goes offline; Alice sends ${WHILE_AWAY} messages`);
  const texts = Array.from({ length: WHILE_AWAY }, (_, index) => `While you were away, part ${index + 1}`);
  for (const text of texts) {
    const answer = await hers.send(id, text);
    if (!answer.ok) throw new Error(`A message was refused: ${answer.error.code}`);
    narrator.dot();
  }
  narrator.say(`all ${WHILE_AWAY} accepted: durable, in order, in history`);
  return texts;
}

async function killAndStart(narrator: Narrator, server: StandaloneProcess): Promise<void> {
  narrator.scene('The server is killed with kill -9, the moment the last one was accepted');
  const { pid } = server;
  await server.kill('SIGKILL');
  narrator.say(`process ${pid} is gone`);
  const started = performance.now();
  await server.start();
  narrator.say(`started again as process ${server.pid}, ready after ${narrator.seconds(started)}`);
}

async function comeBack(narrator: Narrator, his: ChatClient, id: string, head: number): Promise<void> {
  narrator.scene("Bob's phone comes back");
  await his.connect().ready();
  await his.synced();
  await his.untilShown(id, head);
  narrator.say(`his device is known, and was given ${his.sync?.delivered ?? 0} entries that it lacked`);
}

async function walk(narrator: Narrator, server: StandaloneProcess): Promise<boolean> {
  narrator.say(`a server of its own at ${server.url}, data in ${server.dataDir}`);
  const [alice, bob] = await Promise.all(['alice', 'bob'].map((name) => TestUser.register(server.url, name)));
  try {
    const [hers, his] = await Promise.all([alice.online('phone'), bob.online('phone')]);
    const { conversation_id: id } = await alice.api.direct(bob.userId);
    await chat(narrator, { alice: hers, bob: his }, id);
    const before = his.timeline.of(id).length;
    his.disconnect();
    const texts = await goOnAlone(narrator, hers, id);
    await killAndStart(narrator, server);
    await comeBack(narrator, his, id, before + WHILE_AWAY);

    narrator.scene('The verdict');
    const history = await bob.api.wholeHistory(id);
    const checks = judge({ shown: his.timeline.of(id), before, texts, history });
    for (const { claim, holds } of checks) narrator.verdict(claim, holds);
    return checks.every(({ holds }) => holds);
  } finally {
    alice.leave();
    bob.leave();
  }
}

async function main(): Promise<boolean> {
  const narrator = new Narrator();
  narrator.scene('The server starts');
  const server = await StandaloneProcess.start();
  try {
    const kept = await walk(narrator, server);
    narrator.end(kept ? 'The promise was kept.' : 'THE PROMISE WAS BROKEN.');
    return kept;
  } finally {
    await server.stop();
  }
}

process.exitCode = (await main()) ? 0 : 1;
