import { EngineUnavailable } from '@parley/contracts';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

/**
 * SQLSTATE classes and codes (PostgreSQL manual, appendix A) that speak of the server and not of the statement:
 * connection exceptions, resources that are used up, a server that stops, and a statement that took too long.
 */
const SERVER_STATES = /^(08|53)|^(57014|57P01|57P02|57P03)$/;

/** How the operating system names a peer that is not there. ENOENT: the folder of the Unix socket has none. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);

/** What `pg` and its pool say without a code. */
const LOST = /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout)/;
const UNUSABLE = /is not queryable$/;

/** The error as the edges take it: EngineUnavailable where it means that the server cannot be had, else as it was. */
export function orUnavailable(error: unknown): unknown {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return cause instanceof Error && isOfTheServer(cause)
    ? new EngineUnavailable('postgres', 'run a statement', cause)
    : error;
}

function isOfTheServer(error: Error): boolean {
  // TypeORM lets go of a runner whose connection broke between two statements of a transaction.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined) return SERVER_STATES.test(code) || UNREACHABLE.has(code);
  return LOST.test(error.message) || UNUSABLE.test(error.message);
}
