import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CursorStore } from '../cursor-store.js';
import type { DeviceKey } from '../rows.js';

let devices = 0;

/** What all cursor stores do. `open` gives a store that may hold other devices' cursors. */
export function cursorStoreContract(name: string, open: () => Promise<CursorStore>): void {
  describe(`${name} as a cursor store`, () => {
    let store: CursorStore;
    let device: DeviceKey;

    beforeEach(async () => {
      store = await open();
      device = newDevice();
    });

    it('answers null for a device that was never initialised, whatever was raised', async () => {
      expect(await store.readCursors(device)).toBeNull();
      await store.raise(device, new Map([['500', 3]]));
      expect(await store.readCursors(device)).toBeNull();
    });

    it('knows a device once it is initialised, also without a single conversation', async () => {
      await store.initialise(device, new Map());
      expect(await store.readCursors(device)).toEqual(new Map());
    });

    it('starts at the first cursors, zeros included', async () => {
      const first = new Map([
        ['500', 0],
        ['501', 12],
      ]);
      await store.initialise(device, first);
      expect(await store.readCursors(device)).toEqual(first);
    });

    it('only raises cursors, also where the device is initialised again', async () => {
      await store.initialise(device, new Map([['500', 5]]));
      await store.raise(device, new Map([['500', 9]]));
      await store.raise(device, new Map([['500', 7]]));
      await store.initialise(device, new Map([['500', 5]]));
      expect(await store.readCursors(device)).toEqual(new Map([['500', 9]]));
    });

    it('keeps devices, users and generations apart', async () => {
      const others: DeviceKey[] = [
        { ...device, generation: `${device.generation}1` },
        { ...device, device_id: `${device.device_id}1` },
        { ...device, user_id: `${device.user_id}1` },
      ];
      for (const other of others) await store.initialise(other, new Map([['500', 7]]));
      expect(await store.readCursors(device)).toBeNull();
      await store.initialise(device, new Map([['500', 1]]));
      expect(await store.readCursors(device)).toEqual(new Map([['500', 1]]));
    });

    it('ends at the highest of all positions, in whatever order they come', async () => {
      const positions = fc.dictionary(fc.constantFrom('500', '501', '502'), fc.nat(50));
      await fc.assert(
        fc.asyncProperty(fc.array(positions, { maxLength: 8 }), async (raises) => {
          const device = newDevice();
          await store.initialise(device, new Map());
          await Promise.all(raises.map((raise) => store.raise(device, new Map(Object.entries(raise)))));
          const highest = new Map<string, number>();
          for (const [id, seq] of raises.flatMap((raise) => Object.entries(raise))) {
            highest.set(id, Math.max(seq, highest.get(id) ?? 0));
          }
          expect(await store.readCursors(device)).toEqual(highest);
        }),
        { numRuns: 40 },
      );
    });
  });
}

/** A device that no test used before, in this run or an earlier one over the same store. */
function newDevice(): DeviceKey {
  devices += 1;
  return { user_id: `${Date.now()}${String(devices).padStart(5, '0')}`, device_id: 'phone', generation: '1' };
}
