import { errors, types } from 'cassandra-driver';
import { EngineUnavailable } from '@parley/contracts';

/** Answers to a request that will be the same tomorrow: the statement, the schema or the rights are wrong. */
const PERMANENT_CODES = new Set<number>([
  types.responseErrorCodes.protocolError,
  types.responseErrorCodes.badCredentials,
  types.responseErrorCodes.functionFailure,
  types.responseErrorCodes.syntaxError,
  types.responseErrorCodes.unauthorized,
  types.responseErrorCodes.invalid,
  types.responseErrorCodes.configError,
  types.responseErrorCodes.alreadyExists,
]);

/** A plain error of the driver, for a node whose connections are all lost but that is not known to be down yet. */
const NO_CONNECTION = 'No connection available';

/**
 * What the callers of the ports see of an error: `EngineUnavailable` where trying again may help (a node that is down,
 * slow or overloaded, a lost connection), the error itself where it does not (an invalid statement, wrong credentials, a
 * value of the wrong type, and whatever the driver did not throw).
 */
export function translate(operation: string, error: unknown): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  return isTransient(cause) ? new EngineUnavailable('cassandra', operation, inOneLine(cause)) : rootOf(cause);
}

function isTransient(error: Error): boolean {
  if (error instanceof errors.NoHostAvailableError) {
    // One node that merely does not answer is reason enough to try again.
    const causes = causesOf(error);
    return causes.length === 0 || causes.some((cause) => !(cause instanceof Error) || isTransient(cause));
  }
  if (error instanceof errors.ResponseError) return !PERMANENT_CODES.has(error.code);
  if (
    error instanceof errors.ArgumentError ||
    error instanceof errors.AuthenticationError ||
    error instanceof errors.NotSupportedError
  ) {
    return false;
  }
  return error instanceof errors.DriverError || isSystemError(error) || error.message === NO_CONNECTION;
}

/** Every node refused for good: the first one's reason says more than that none is available. */
function rootOf(error: Error): Error {
  const [first] = error instanceof errors.NoHostAvailableError ? causesOf(error) : [];
  return first instanceof Error ? first : error;
}

/** The driver's own sentence names the first node only, with a stack in the middle. */
function inOneLine(error: Error): Error {
  if (!(error instanceof errors.NoHostAvailableError)) return error;
  const nodes = Object.entries<unknown>({ ...error.innerErrors }).map(
    ([node, cause]) => `${node}: ${cause instanceof Error ? cause.message : String(cause)}`,
  );
  return new Error(nodes.join('; ') || 'no node is up', { cause: error });
}

/** By node: an error, or a sentence of the driver's such as that the node is down. */
function causesOf({ innerErrors }: errors.NoHostAvailableError): unknown[] {
  return Object.values<unknown>({ ...innerErrors });
}

/** Of a socket, a name look-up, a TLS handshake: Node's own errors carry a code in words. */
function isSystemError(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && !(error instanceof TypeError);
}
