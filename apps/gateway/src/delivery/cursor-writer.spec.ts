import type { CursorStore, DeviceKey, InboxStore } from '@parley/message-store';
import type { AnnounceReceipts } from '@parley/reading';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CursorWriter } from './cursor-writer.js';

const device: DeviceKey = { user_id: '42', device_id: 'phone', generation: '1' };

describe('CursorWriter', () => {
  let written: Record<string, number>[];
  let release: (() => void)[];
  let announced: unknown[];
  let writer: CursorWriter;

  beforeEach(() => {
    written = [];
    release = [];
    const cursors = {
      raise: (_: DeviceKey, positions: Map<string, number>) =>
        new Promise<void>((resolve, reject) => {
          written.push(Object.fromEntries(positions));
          release.push(resolve);
          if (fails > 0 && fails--) reject(new Error('no quorum'));
        }),
    } as unknown as CursorStore;
    const inbox = { raiseDelivered: async () => undefined } as unknown as InboxStore;
    announced = [];
    const receipts = { request: (...marks: unknown[]) => announced.push(marks) };
    writer = new CursorWriter(cursors, inbox, receipts as unknown as AnnounceReceipts);
  });
  let fails = 0;

  it('writes what comes within a moment together, and goes on while a write is under way', async () => {
    writer.raise(device, '7', 1);
    writer.raise(device, '8', 4);
    writer.raise(device, '7', 2);
    await vi.waitFor(() => expect(written).toEqual([{ 7: 2, 8: 4 }]));
    writer.raise(device, '7', 3);
    await vi.waitFor(() => expect(written).toEqual([{ 7: 2, 8: 4 }, { 7: 3 }]));
  });

  it('announces what is written, and not before', async () => {
    fails = 1;
    writer.raise(device, '7', 1);
    writer.raise(device, '8', 4);
    expect(await writer.settle(device)).toBe(false);
    await vi.waitFor(() => expect(written).toHaveLength(2));
    expect(announced).toEqual([]);
    release[1]();
    expect(await writer.settle(device)).toBe(true);
    expect(announced).toEqual([
      ['42', '7', 'phone'],
      ['42', '8', 'phone'],
    ]);
  });

  it('settles when everything raised before is written, whichever write it went with', async () => {
    writer.raise(device, '7', 1);
    await vi.waitFor(() => expect(written).toHaveLength(1));
    writer.raise(device, '7', 2);
    const settled = vi.fn();
    void writer.settle(device).then(settled);
    await vi.waitFor(() => expect(written).toHaveLength(2));
    release[1]();
    await turn();
    expect(settled).not.toHaveBeenCalled();
    release[0]();
    await vi.waitFor(() => expect(settled).toHaveBeenCalledWith(true));
    expect(await writer.settle(device)).toBe(true);
  });

  it('never says of positions that wait for another try that they are written', async () => {
    fails = 2;
    writer.raise(device, '7', 1);
    expect(await writer.settle(device)).toBe(false);
    expect(await writer.settle(device)).toBe(false);
    const settled = writer.settle(device);
    await vi.waitFor(() => expect(written).toHaveLength(3));
    release[2]();
    expect(await settled).toBe(true);
  });

  it('says what could not be written, and tries it again', async () => {
    fails = 1;
    writer.raise(device, '7', 1);
    expect(await writer.settle(device)).toBe(false);
    await vi.waitFor(() => expect(written).toEqual([{ 7: 1 }, { 7: 1 }]));
  });
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
