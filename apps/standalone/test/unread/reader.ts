import assert from 'node:assert/strict';
import type { Receipt } from '@parley/contracts';
import { codeOf, type ChatClient, type TestUser } from '@parley/harness';
import { vi } from 'vitest';
import { byRest, type Target } from '../message-changes.js';
import { DEVICES, type Step } from './steps.js';
import { UnreadModel } from './unread-model.js';

/** Inbox and unread follow within 2 s; a busy machine has its own ideas. */
const SOON = { timeout: 5_000, interval: 20 };

/** A group of two: one reads on three devices, the other one writes. What happens, happens to the model, too. */
export class Reader {
  private readonly model = new UnreadModel();
  private readonly messages: Target[] = [];

  private constructor(
    private readonly reader: TestUser,
    private readonly writer: TestUser,
    private readonly devices: readonly ChatClient[],
    private readonly id: string,
  ) {
    this.model.join();
  }

  static async start(reader: TestUser, writer: TestUser, devices: readonly ChatClient[]): Promise<Reader> {
    for (const device of devices) device.connect();
    await Promise.all(devices.map((device) => device.synced()));
    const { conversation_id } = await writer.api.createGroup('Counted', [reader.userId]);
    return new Reader(reader, writer, devices, conversation_id);
  }

  async take(step: Step): Promise<void> {
    if (step.does === 'hear') await this.hear();
    else if (step.does === 'say') await this.say(step.device);
    else if (step.does === 'read') await this.read(step.device, step.share);
    else if (step.does === 'change') await this.change(step.how, step.share);
    else if (step.does === 'leave or join') await this.leaveOrJoin();
    else await this.goOrCome(step.device);
    await this.checkInbox();
  }

  /** Every device comes back, has everything that may be seen, and counts like the server and the model. */
  async finish(): Promise<void> {
    if (this.model.floor === null) await this.leaveOrJoin();
    for (const device of this.devices) if (!device.socket.connected) device.connect();
    await Promise.all(this.devices.map((device) => device.untilShown(this.id, this.model.head)));
    const { unread, readSeq } = this.model;
    for (const device of this.devices) {
      assert.deepEqual(await this.ask(device, 0), { ok: true, read_seq: readSeq, unread_count: unread });
      assert.equal(this.countOn(device), unread);
      this.checkReceipts(device);
    }
    await this.checkInbox();
    const { items } = await this.reader.api.inbox();
    assert.equal(items.find(({ conversation_id }) => conversation_id === this.id)?.unread_count, unread);
  }

  private async hear(): Promise<void> {
    const { message_id } = await this.writer.api.send(this.id, { type: 'text', text: 'news' });
    this.messages.push({ conversation_id: this.id, target_id: message_id });
    this.model.add({ isMessage: true });
  }

  private async say(number: number): Promise<void> {
    if (this.model.floor === null) return;
    const device = this.devices.at(number);
    if (device?.socket.connected) assert.ok((await device.send(this.id, 'mine')).ok);
    else await this.reader.api.send(this.id, { type: 'text', text: 'mine' });
    this.model.add({ isMessage: true, isOwn: true });
  }

  private async read(number: number, share: number): Promise<void> {
    const seq = Math.round(share * this.model.head);
    const device = this.devices.at(number);
    if (device?.socket.connected) {
      const answer = await this.ask(device, seq);
      if (this.model.floor === null) return assert.equal(codeOf(answer), 'not_found');
      this.model.read(seq);
      return assert.equal(answer.ok && answer.read_seq, this.model.readSeq);
    }
    const { status } = await this.reader.api.request('PUT', `/conversations/${this.id}/read`, { body: { seq } });
    assert.equal(status, this.model.floor === null ? 404 : 200);
    if (status === 200) this.model.read(seq);
  }

  private async change(how: 'edit' | 'delete' | 'react', share: number): Promise<void> {
    const index = Math.floor(share * (this.messages.length - 1));
    const target = this.messages[index];
    if (!target) return;
    if (how === 'edit') await byRest.edit(this.writer, target, 'better');
    else if (how === 'react') await byRest.react(this.writer, target, '👍');
    else await byRest.delete(this.writer, target);
    if (how === 'delete') this.messages.splice(index, 1);
    this.model.add({ isMessage: false });
  }

  private async leaveOrJoin(): Promise<void> {
    if (this.model.floor === null) {
      await this.writer.api.addMember(this.id, this.reader.userId);
      this.model.join();
    } else {
      await this.writer.api.removeMember(this.id, this.reader.userId);
      this.model.leave();
    }
  }

  private async goOrCome(number: number): Promise<void> {
    const device = this.devices[number];
    if (device.socket.connected) return device.disconnect();
    await device.connect().synced();
  }

  private ask(device: ChatClient, seq: number) {
    return device.request<{ read_seq: number; unread_count: number }>('receipt:read', {
      conversation_id: this.id,
      seq,
    });
  }

  private async checkInbox(): Promise<void> {
    const { unread, readSeq, floor } = this.model;
    if (floor === null) {
      const { status } = await this.reader.api.request('GET', `/conversations/${this.id}`);
      return assert.equal(status, 404);
    }
    await vi.waitFor(async () => {
      const { unread_count, read_seq, last_seq } = await this.reader.api.conversation(this.id);
      assert.deepEqual([unread_count, read_seq, last_seq], [unread, readSeq, this.model.head]);
    }, SOON);
  }

  /** As a client counts what it has shown. */
  private countOn(device: ChatClient): number {
    const from = Math.max(this.model.floor ?? 0, this.model.readSeq);
    return device.timeline.of(this.id).filter(({ kind, seq }) => kind === 'message' && seq > from).length;
  }

  private checkReceipts(device: ChatClient): void {
    const receipts = device.received<Receipt>('receipt').filter((one) => one.conversation_id === this.id);
    for (const user of [this.reader, this.writer]) {
      const own = receipts.filter(({ user_id }) => user_id === user.userId);
      for (const mark of ['delivered_seq', 'read_seq'] as const) {
        const marks = own.map((one) => one[mark]);
        assert.deepEqual(
          marks,
          marks.toSorted((a, b) => a - b),
        );
      }
    }
  }
}

export function devicesOf(reader: TestUser): ChatClient[] {
  return DEVICES.map((name) => reader.device(name));
}
