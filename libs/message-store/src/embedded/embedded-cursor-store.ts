import { Injectable } from '@nestjs/common';
import { OrderedStore, type Key, type Table } from '@parley/ordered-store';
import { CursorStore } from '../cursor-store.js';
import type { DeviceKey } from '../rows.js';

/** The CursorStore in one ordered store. First cursors and the mark of a device are one change. */
@Injectable()
export class EmbeddedCursorStore extends CursorStore {
  /** [user, device, generation, conversation]: a seq. */
  private readonly cursors: Table<number>;
  /** [user, device, generation]: a device that is known. */
  private readonly devices: Table<true>;

  constructor(private readonly store: OrderedStore) {
    super();
    this.cursors = store.table('cursors');
    this.devices = store.table('cursor-devices');
  }

  async readCursors(device: DeviceKey): Promise<Map<string, number> | null> {
    const prefix = prefixOf(device);
    if (!this.devices.get(prefix)) return null;
    return new Map(this.cursors.range({ from: prefix, to: prefix }).map(({ key, value }) => [String(key[3]), value]));
  }

  async initialise(device: DeviceKey, cursors: ReadonlyMap<string, number>): Promise<void> {
    const prefix = prefixOf(device);
    await this.store.write(() => {
      this.merge(prefix, cursors);
      this.devices.put(prefix, true);
    });
  }

  async raise(device: DeviceKey, cursors: ReadonlyMap<string, number>): Promise<void> {
    await this.store.write(() => this.merge(prefixOf(device), cursors));
  }

  private merge(prefix: Key, cursors: ReadonlyMap<string, number>): void {
    for (const [conversationId, seq] of cursors) {
      const key = [...prefix, conversationId];
      // Zero is a cursor too: a device that is known starts before the first entry.
      if (seq > (this.cursors.get(key) ?? -1)) this.cursors.put(key, seq);
    }
  }
}

function prefixOf({ user_id, device_id, generation }: DeviceKey): Key {
  return [user_id, device_id, generation];
}
