import { RememberedDevices } from '../remembered-devices.js';

/** Some ten MB of ids. */
const MOST_DEVICES = 50_000;

/** The devices that this process was told of last. Time plays no part: what is forgotten is what was used longest ago. */
export class InMemoryRememberedDevices extends RememberedDevices {
  /** In the order of use, the latest last. */
  private readonly generations = new Map<string, string>();
  /** Generations whose life is over, the latest last. */
  private readonly gone = new Map<string, true>();

  constructor(private readonly most: number = MOST_DEVICES) {
    super();
  }

  override async remember(userId: string, deviceId: string, generation: string): Promise<void> {
    if (this.gone.has(generation)) return;
    this.keep(this.generations, keyOf(userId, deviceId), generation);
  }

  override async recall(userId: string, deviceId: string): Promise<string | null> {
    const key = keyOf(userId, deviceId);
    const generation = this.generations.get(key);
    if (generation === undefined) return null;
    this.keep(this.generations, key, generation);
    return generation;
  }

  override async forget(userId: string, deviceId: string, generation: string): Promise<void> {
    this.keep(this.gone, generation, true);
    const key = keyOf(userId, deviceId);
    if (this.generations.get(key) === generation) this.generations.delete(key);
  }

  /** As the latest one; the oldest goes where there are too many. */
  private keep<Value>(kept: Map<string, Value>, key: string, value: Value): void {
    kept.delete(key);
    kept.set(key, value);
    if (kept.size <= this.most) return;
    const [oldest] = kept.keys();
    kept.delete(oldest);
  }
}

/** User ids are digits: no two devices share a key. */
function keyOf(userId: string, deviceId: string): string {
  return `${userId}:${deviceId}`;
}
