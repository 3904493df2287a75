/**
 * `npm run quarantine -- list | show PLACE | replay PLACE`: the records of the log that no router could read, on the
 * engines that the environment names (the variables of the apps).
 */
import { CassandraSettings, configOf, KafkaSettings, loadConfigOrExit } from '@parley/config';
import { ENTRIES_TOPIC } from '@parley/contracts';
import { cassandraConnectionOf, kafkaConnectionOf, topicSettingsOf } from '@parley/fleet';
import { KafkaMessageLog } from '@parley/message-log';
import { CassandraQuarantine, openCassandra } from '@parley/message-store';
import { parseArguments, USAGE, type Arguments } from './arguments.js';
import { list, replay, show, type Said } from './commands.js';

class StoreConfig extends configOf(CassandraSettings) {}
class LogConfig extends configOf(KafkaSettings) {}

async function run(args: Arguments): Promise<Said> {
  const session = await openCassandra(cassandraConnectionOf(loadConfigOrExit(StoreConfig)));
  try {
    const quarantine = new CassandraQuarantine(session);
    if (args.command === 'list') return await list(quarantine, args.limit);
    if (args.command === 'show') return await show(quarantine, args.place);
    const config = loadConfigOrExit(LogConfig);
    const log = await KafkaMessageLog.open(kafkaConnectionOf(config), topicSettingsOf(ENTRIES_TOPIC, config));
    try {
      return await replay(quarantine, log, args.place);
    } finally {
      await log.close();
    }
  } finally {
    await session.close();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function argumentsOrExit(): Arguments {
  try {
    return parseArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${USAGE}`);
    // EX_USAGE of sysexits.h.
    return process.exit(64);
  }
}

const args = argumentsOrExit();
try {
  const { ok, lines } = await run(args);
  for (const line of lines) (ok ? console.log : console.error)(line);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
