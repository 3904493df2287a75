import { once } from 'node:events';
import { RawClient } from '@parley/harness';

const ACK_EVERY_MS = 200;
const NEW = '42["message:new",';
const BATCH = '42["message:batch",';
const DONE = '42["sync:done",';
const REFUSED = '44';
const CONNECT_WITHIN_MS = 30_000;

interface Arrived {
  conversation_id: string;
  seq: number;
  content?: { text?: string };
}

/**
 * The least a client can be: sends, takes verdicts, tells what arrives and acknowledges it, on a plain WebSocket. It
 * costs a fraction of a client library, so that the generator of the load stays ahead of the server.
 */
export class LoadClient {
  /** Called with the text of each message that arrives live. */
  onMessage: (text: string) => void = () => undefined;
  private raw: RawClient | null = null;
  private nextAckId = 0;
  private readonly waiting = new Map<number, (accepted: boolean) => void>();
  private positions: Record<string, number> = {};
  private timer: NodeJS.Timeout | null = null;

  /**
   * Resolves when the device is synced. A gateway whose engines are too busy closes the connection, and a client comes
   * again: this one does for 30 s, and rejects then.
   */
  static async connect(url: string, token: string, deviceId: string): Promise<LoadClient> {
    const deadline = performance.now() + CONNECT_WITHIN_MS;
    for (;;) {
      const client = new LoadClient();
      if (await client.open(url, { token, device_id: deviceId, protocol: 1 })) return client;
      if (performance.now() > deadline) throw new Error(`${url} does not take the device ${deviceId}`);
    }
  }

  /** Resolves to whether it was accepted. */
  send(conversationId: string, key: string, text: string): Promise<boolean> {
    const payload = { client_msg_id: key, conversation_id: conversationId, content: { type: 'text', text } };
    return this.ask('message:send', payload);
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.raw?.drop();
  }

  /** Resolves to whether the device is synced; otherwise the connection has ended. Rejects where it is refused. */
  private async open(url: string, auth: Record<string, unknown>): Promise<boolean> {
    let settle = { synced: (): void => undefined, refused: (_: Error): void => undefined };
    const synced = new Promise<boolean>((resolve, reject) => {
      settle = { synced: () => resolve(true), refused: reject };
    });
    const onFrame = (frame: string): void => {
      if (frame.startsWith(DONE)) settle.synced();
      else if (frame.startsWith(REFUSED)) settle.refused(new Error(`${url} refuses a device: ${frame}`));
      else this.take(frame);
    };
    const raw = await RawClient.session(url, auth, { onFrame });
    this.raw = raw;
    return Promise.race([synced, once(raw.socket, 'close').then(() => false)]);
  }

  private ask(event: string, payload: unknown): Promise<boolean> {
    const id = this.nextAckId++;
    this.raw?.send(`42${id}${JSON.stringify([event, payload])}`);
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  private take(frame: string): void {
    if (frame.startsWith('43')) return this.takeAnswer(frame);
    if (frame.startsWith(NEW)) {
      const entry = JSON.parse(frame.slice(NEW.length, -1)) as Arrived;
      this.acknowledgeLater(entry.conversation_id, entry.seq);
      this.onMessage(entry.content?.text ?? '');
    } else if (frame.startsWith(BATCH)) {
      const batch = JSON.parse(frame.slice(BATCH.length, -1)) as { conversation_id: string; to_seq: number };
      this.acknowledgeLater(batch.conversation_id, batch.to_seq);
    }
  }

  private takeAnswer(frame: string): void {
    const start = frame.indexOf('[');
    const id = Number(frame.slice(2, start));
    this.waiting.get(id)?.(frame.startsWith('{"ok":true', start + 1));
    this.waiting.delete(id);
  }

  private acknowledgeLater(conversationId: string, seq: number): void {
    this.positions[conversationId] = seq;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      const { positions } = this;
      this.positions = {};
      void this.ask('message:ack', { positions });
    }, ACK_EVERY_MS);
  }
}
