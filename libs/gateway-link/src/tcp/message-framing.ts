/** In front of each message: the length of its JSON in bytes, unsigned, big endian. */
const LENGTH_BYTES = 4;
/** The largest JSON on the link. A router's frames stay near 1 MiB; one entry for very many sessions may make a larger one. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/** One message as it travels. Throws where it is larger than the far side takes. */
export function encodeMessage(message: unknown): Buffer {
  const json = JSON.stringify(message);
  const length = Buffer.byteLength(json);
  if (length > MAX_MESSAGE_BYTES) throw new Error(`A message of ${length} bytes is too large for the link`);
  const encoded = Buffer.allocUnsafe(LENGTH_BYTES + length);
  encoded.writeUInt32BE(length);
  encoded.write(json, LENGTH_BYTES);
  return encoded;
}

/** Finds the messages in what a connection brings, however it is cut. Holds one message at most. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private held = 0;
  /** Bytes that make the next step possible: a length, or a length with its message. */
  private needed = LENGTH_BYTES;

  /**
   * The messages that are complete with this chunk. Throws on a length beyond the largest and on what is no JSON object;
   * the error carries nothing of the content. A reader that threw is of no more use.
   */
  *read(chunk: Buffer): Generator<object> {
    this.chunks.push(chunk);
    this.held += chunk.length;
    if (this.held < this.needed) return;
    let rest = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks, this.held);
    while (rest.length >= LENGTH_BYTES) {
      const length = rest.readUInt32BE();
      if (length > MAX_MESSAGE_BYTES) throw new Error(`A message of ${length} bytes was announced`);
      this.needed = LENGTH_BYTES + length;
      if (rest.length < this.needed) break;
      yield decodeMessage(rest.subarray(LENGTH_BYTES, this.needed));
      rest = rest.subarray(this.needed);
      this.needed = LENGTH_BYTES;
    }
    this.chunks = rest.length > 0 ? [rest] : [];
    this.held = rest.length;
  }
}

function decodeMessage(json: Buffer): object {
  let message: unknown;
  try {
    message = JSON.parse(json.toString('utf8'));
  } catch {
    // The parser's own error quotes what it read, which may be somebody's text.
    message = null;
  }
  if (typeof message !== 'object' || message === null) throw new Error('A message is no JSON object');
  return message;
}
