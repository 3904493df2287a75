import { beforeEach, describe, expect, it } from 'vitest';
import type { RememberedDevices } from '../remembered-devices.js';

/** What every memory of devices does. `open` gives an empty one. */
export function rememberedDevicesContract(name: string, open: () => Promise<RememberedDevices>): void {
  describe(`${name} as remembered devices`, () => {
    let devices: RememberedDevices;

    beforeEach(async () => {
      devices = await open();
    });

    it('recalls what it was told last', async () => {
      await devices.remember('1', 'phone', '11');
      await devices.remember('1', 'phone', '12');
      expect(await devices.recall('1', 'phone')).toBe('12');
    });

    it('knows nothing of a device that it was never told of', async () => {
      await devices.remember('1', 'phone', '11');
      expect(await devices.recall('1', 'laptop')).toBeNull();
      expect(await devices.recall('2', 'phone')).toBeNull();
    });

    it('keeps users apart whose devices are called alike', async () => {
      await devices.remember('1', '2', 'a');
      await devices.remember('12', '', 'b');
      await devices.remember('2', '2', 'c');
      expect(await devices.recall('1', '2')).toBe('a');
      expect(await devices.recall('2', '2')).toBe('c');
    });

    it('forgets a device, also one that it does not know', async () => {
      await devices.remember('1', 'phone', '11');
      await devices.remember('1', 'laptop', '21');
      await devices.forget('1', 'phone', '11');
      await devices.forget('1', 'phone', '11');
      await devices.forget('1', 'watch', '31');
      expect(await devices.recall('1', 'phone')).toBeNull();
      expect(await devices.recall('1', 'laptop')).toBe('21');
    });

    it('does not let a generation come back that was forgotten, and takes the next one', async () => {
      await devices.remember('1', 'phone', '11');
      await devices.forget('1', 'phone', '11');
      await devices.remember('1', 'phone', '11');
      expect(await devices.recall('1', 'phone')).toBeNull();
      await devices.remember('1', 'phone', '12');
      await devices.remember('1', 'phone', '11');
      expect(await devices.recall('1', 'phone')).toBe('12');
    });

    it('keeps a later generation when an earlier one is forgotten', async () => {
      await devices.remember('1', 'phone', '12');
      await devices.forget('1', 'phone', '11');
      expect(await devices.recall('1', 'phone')).toBe('12');
    });
  });
}
