/**
 * `npm run admin -- create | appoint | dismiss | list`: operators, from the machine that can reach the database. It needs no
 * token, so it makes the first one.
 */
import { createInterface } from 'node:readline';
import { Logger } from '@nestjs/common';
import { openAccountPorts } from '@parley/entities';
import { parseArguments, USAGE, type Arguments } from './arguments.js';
import { run, type Said } from './commands.js';
import { embeddedDatabase, fleetDatabase } from './open-database.js';

async function runOnDatabase(args: Arguments): Promise<Said> {
  const database = args.fleet ? fleetDatabase() : await embeddedDatabase();
  try {
    const ports = await openAccountPorts(database.connection);
    try {
      return await run(args, ports, firstLineOfStdin);
    } finally {
      await ports.close();
    }
  } finally {
    await database.close();
  }
}

/** Empty where nothing came. */
async function firstLineOfStdin(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
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

Logger.overrideLogger(['warn', 'error', 'fatal']);
const args = argumentsOrExit();
try {
  const { ok, lines } = await runOnDatabase(args);
  for (const line of lines) (ok ? console.log : console.error)(line);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
