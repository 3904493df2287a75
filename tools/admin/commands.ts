import { randomBytes } from 'node:crypto';
import { RegisterDto, validate } from '@parley/contracts';
import type { AccountPorts } from '@parley/entities';
import { IdSource, SystemClock } from '@parley/snowflake';
import { Passwords } from '../../apps/api/src/auth/passwords.js';
import type { Arguments } from './arguments.js';

/** What a command says, and whether it did what it was asked for. */
export interface Said {
  ok: boolean;
  lines: string[];
}

type Create = Extract<Arguments, { command: 'create' }>;
type Change = Extract<Arguments, { command: 'appoint' | 'dismiss' }>;

/** Runs a command with its two lines in the audit, as the API does: an attempt without an outcome was not finished. */
export async function run(args: Arguments, ports: AccountPorts, readPassword: () => Promise<string>): Promise<Said> {
  const audit_id = await ports.audit.begin({
    actor_id: null,
    action: `npm run admin ${args.command}`,
    object: args.command === 'list' ? null : args.handle.slice(0, 32),
    request_id: null,
    address: null,
    at: Date.now(),
  });
  const said = await execute(args, ports, readPassword);
  await ports.audit.end(audit_id, said.ok ? 'done' : 'refused', Date.now());
  return said;
}

function execute(args: Arguments, ports: AccountPorts, readPassword: () => Promise<string>): Promise<Said> {
  if (args.command === 'list') return list(ports);
  return args.command === 'create' ? create(args, ports, readPassword) : change(args, ports);
}

async function list({ operators }: AccountPorts): Promise<Said> {
  const found = await operators.operators();
  if (found.length === 0) return { ok: true, lines: ['There is no operator.'] };
  return { ok: true, lines: found.map(({ handle, user_id }) => `${handle}  ${user_id}`) };
}

async function create(args: Create, ports: AccountPorts, readPassword: () => Promise<string>): Promise<Said> {
  const password = args.passwordFromStdin ? await readPassword() : randomBytes(18).toString('base64url');
  const checked = validate(RegisterDto, { handle: args.handle, password });
  if (!checked.ok) return { ok: false, lines: (checked.faults ?? []).map(({ path, message }) => `${path} ${message}`) };
  const { handle } = args;
  const hashed = await new Passwords().hash(password);
  if (!hashed.ok) return { ok: false, lines: [hashed.message] };
  const user_id = await idFor(ports);
  const account = { user_id, handle, display_name: null, avatar_url: null, created_at: Date.now() };
  if ((await ports.users.create(account, hashed.hash)) === 'handle_taken') {
    return { ok: false, lines: [`Somebody is called ${handle} already. npm run admin -- appoint ${handle}`] };
  }
  await ports.operators.appoint(user_id, Date.now());
  const shown = args.passwordFromStdin ? [] : [`password  ${password}`, 'It is shown this once.'];
  return { ok: true, lines: [`${handle} is an operator.`, `user_id   ${user_id}`, ...shown] };
}

/** An id of the fleet's own kind, under a lease like any other process. */
async function idFor({ workerLeases }: AccountPorts): Promise<string> {
  const ids = new IdSource(workerLeases, new SystemClock());
  await ids.start();
  try {
    return String(ids.next());
  } finally {
    await ids.stop();
  }
}

async function change({ command, handle }: Change, { users, operators }: AccountPorts): Promise<Said> {
  const user = await users.findByHandle(handle);
  if (!user) return { ok: false, lines: [`Nobody is called ${handle}.`] };
  if (command === 'appoint') {
    await operators.appoint(user.user_id, Date.now());
    return { ok: true, lines: [`${handle} is an operator.`] };
  }
  if ((await operators.dismiss(user.user_id)) === 'last_operator') {
    return { ok: false, lines: [`${handle} is the last operator: appoint another one first.`] };
  }
  return { ok: true, lines: [`${handle} is no operator.`] };
}
