/** More messages than a log of ours has; prime, so that multiplying below it permutes. */
const MESSAGES = 100_003;

/** Ids that no other seed gives, so that many seeds share one store without meeting each other. */
export class Names {
  private readonly base: bigint;
  private users = 0;
  private conversations = 0;
  private messages = 0;
  private keys = 0;

  constructor(private readonly seed: number) {
    this.base = (BigInt(seed) + 1n) * 10_000_000n;
  }

  user(): string {
    return String(this.base + 1_000_000n + BigInt(++this.users));
  }

  conversation(): string {
    return String(this.base + 2_000_000n + BigInt(++this.conversations));
  }

  /** Not in rising order: ids of two gateways reach the log in the opposite order often enough. */
  message(): string {
    return String(this.base + 3_000_000n + BigInt((++this.messages * 7_919) % MESSAGES));
  }

  clientMessageId(): string {
    const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
    return `${hex(this.seed, 8)}-0000-4000-8000-${hex(++this.keys, 12)}`;
  }
}
