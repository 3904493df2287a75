import { RememberedDevices } from '../remembered-devices.js';

/** Some ten MB of ids. */
const MOST_DEVICES = 50_000;

/** The devices that this process was told of last. Time plays no part: what is forgotten is what was used longest ago. */
export class InMemoryRememberedDevices extends RememberedDevices {
  /** In the order of use, the latest last. */
  private readonly generations = new Map<string, string>();

  constructor(private readonly most: number = MOST_DEVICES) {
    super();
  }

  override async remember(userId: string, deviceId: string, generation: string): Promise<void> {
    this.touch(keyOf(userId, deviceId), generation);
    if (this.generations.size <= this.most) return;
    const [longestUnused] = this.generations.keys();
    this.generations.delete(longestUnused);
  }

  override async recall(userId: string, deviceId: string): Promise<string | null> {
    const key = keyOf(userId, deviceId);
    const generation = this.generations.get(key);
    if (generation === undefined) return null;
    this.touch(key, generation);
    return generation;
  }

  override async forget(userId: string, deviceId: string): Promise<void> {
    this.generations.delete(keyOf(userId, deviceId));
  }

  private touch(key: string, generation: string): void {
    this.generations.delete(key);
    this.generations.set(key, generation);
  }
}

/** User ids are digits: no two devices share a key. */
function keyOf(userId: string, deviceId: string): string {
  return `${userId}:${deviceId}`;
}
