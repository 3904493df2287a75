import { describe } from 'vitest';
import type { UserDirectory } from '../user-directory.js';
import { deviceDirectoryContract } from './device-directory.contract.js';
import { InMemoryDeviceDirectory } from './in-memory-device-directory.js';

describe('the twin that specs use', () => {
  deviceDirectoryContract('InMemoryDeviceDirectory', async () => ({
    devices: new InMemoryDeviceDirectory(),
    users: { create: async () => undefined } as unknown as UserDirectory,
  }));
});
