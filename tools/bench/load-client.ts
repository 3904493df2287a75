import { RawClient } from '@parley/harness';

const ACK_EVERY_MS = 200;
const NEW = '42["message:new",';
const BATCH = '42["message:batch",';
const DONE = '42["sync:done",';

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

  /** Resolves when the device is synced. */
  static async connect(url: string, token: string, deviceId: string): Promise<LoadClient> {
    const client = new LoadClient();
    let synced = (): void => undefined;
    const done = new Promise<void>((resolve) => (synced = resolve));
    const onFrame = (frame: string): void => (frame.startsWith(DONE) ? synced() : client.take(frame));
    client.raw = await RawClient.session(url, { token, device_id: deviceId, protocol: 1 }, { onFrame });
    await done;
    return client;
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
