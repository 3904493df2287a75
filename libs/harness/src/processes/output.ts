import type { Readable } from 'node:stream';

const KEPT_LINES = 5_000;
/** What a process prints when something ended it, or nearly did, that no handler took care of. */
const UNHANDLED =
  /unhandled\s*(promise\s*)?rejection|uncaught\s*exception|triggerUncaughtException|Unhandled 'error' event/i;

/** A log line of a failure, one JSON object with its level by name or by pino's number. */
const ERROR_LEVEL = /^\{.*"level":("error"|"fatal"|50|60)[,}]/;

/** What a process printed: its last 5,000 lines, standard output and error together in the order of arrival. */
export class Output {
  readonly lines: string[] = [];
  private readonly waiting = new Set<() => void>();
  private forgotten = 0;

  /** How many lines there ever were. */
  get count(): number {
    return this.forgotten + this.lines.length;
  }

  /** Reads a stream to its end; may be called for several streams. */
  read(stream: Readable): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.push(line);
    });
    stream.on('end', () => rest !== '' && this.push(rest));
  }

  /** Resolves with the first line that contains `text`, of those after the first `from`. */
  line(text: string, from = 0): Promise<string> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.after(from).find((line) => line.includes(text));
        if (found === undefined) return;
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  /** The lines that tell of an unhandled rejection or an uncaught exception, of those after the first `from`. */
  unhandled(from = 0): string[] {
    return this.after(from).filter((line) => UNHANDLED.test(line));
  }

  /** What it logged at the levels error and fatal, of the lines after the first `from`. */
  errors(from = 0): string[] {
    return this.after(from).filter((line) => ERROR_LEVEL.test(line));
  }

  tail(count = 30): string {
    return this.lines.slice(-count).join('\n');
  }

  private after(from: number): string[] {
    return this.lines.slice(Math.max(0, from - this.forgotten));
  }

  private push(line: string): void {
    this.lines.push(line);
    if (this.lines.length > KEPT_LINES) {
      this.lines.shift();
      this.forgotten++;
    }
    for (const look of this.waiting) look();
  }
}
