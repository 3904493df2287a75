/** An error as it may be logged: what it is and where it was thrown, and the same of its cause. */
export interface ErrorTrace {
  type: string;
  /** Of errors of the system and of drivers, such as ECONNREFUSED. */
  code?: string;
  /** The frames alone, one a line. */
  stack?: string;
  cause?: ErrorTrace;
}

const FRAME = /^\s+at /;
/** Causes that are followed; an error may be its own. */
const MOST_CAUSES = 5;

/** Without the message: those of parsers, drivers and databases quote what they were given, which may be somebody's text. */
export function errorTraceOf(thrown: unknown, causes = MOST_CAUSES): ErrorTrace {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const { code } = thrown as NodeJS.ErrnoException;
  return {
    type: thrown.name,
    ...(typeof code === 'string' && { code }),
    ...(thrown.stack !== undefined && { stack: framesOf(thrown.stack, thrown.message) }),
    ...(thrown.cause !== undefined && causes > 0 && { cause: errorTraceOf(thrown.cause, causes - 1) }),
  };
}

/** What is left of a stack without the message in front of it, which may have lines that look like frames. */
export function framesOf(stack: string, message = ''): string {
  const begin = message === '' ? -1 : stack.indexOf(message);
  return stack
    .slice(begin === -1 ? 0 : begin + message.length)
    .split('\n')
    .filter((line) => FRAME.test(line))
    .map((line) => line.trim())
    .join('\n');
}
