/**
 * From where web pages may use this server: their own, which is the one that served them, and those that are listed. What
 * is no web page sends no origin and may always. Pages are told apart by scheme, host and port (RFC 6454); `null`, which
 * sandboxed pages and files send, is nobody's.
 */
export class AllowedOrigins {
  private readonly listed: ReadonlySet<string>;

  /** Origins such as `https://chat.example.com`, or `*` for every one. */
  constructor(listed: readonly string[] = []) {
    this.listed = new Set(listed.map((origin) => origin.toLowerCase()));
  }

  /** `origin` and `host` as the request's headers have them; a proxy in front passes `Host` on. */
  allows({ origin, host }: { origin?: string; host?: string }): boolean {
    if (origin === undefined) return true;
    const asked = origin.toLowerCase();
    return this.listed.has('*') || this.listed.has(asked) || (host !== undefined && isServedBy(asked, host));
  }
}

/** The scheme does not count: whoever ends TLS in front speaks plainly behind. */
function isServedBy(origin: string, host: string): boolean {
  return ['http', 'https'].some((scheme) => origin === `${scheme}://${host.toLowerCase()}`);
}
