/** The engines of a fleet. */
export type Engine = 'kafka' | 'cassandra' | 'redis' | 'postgres';

/**
 * An engine did not answer, refused or took too long. Always transient: the same call may work a moment later. Whether a
 * write took effect is unknown.
 */
export class EngineUnavailable extends Error {
  constructor(
    readonly engine: Engine,
    /** What was being done, for the log: an operation, never its values. */
    operation: string,
    cause: unknown,
  ) {
    super(`${engine} is not available (${operation}): ${messageOf(cause)}`, { cause });
    this.name = 'EngineUnavailable';
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
