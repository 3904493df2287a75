import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DeviceDirectory, type DeviceLife } from '@parley/entities';
import { Clock } from '@parley/snowflake';

const WRITE_EVERY_MS = 1_000;
/** Beyond it, those that left first are not noted: their time is some minutes old. */
const MOST_WAITING = 20_000;

/** Notes that devices were seen until now, those that leave within a second in one statement. */
@Injectable()
export class LastSeen implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(LastSeen.name);
  private readonly left = new Map<string, DeviceLife>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly devices: DeviceDirectory,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.write();
  }

  note(life: DeviceLife): void {
    this.left.set(life.generation, life);
    if (this.left.size <= MOST_WAITING) return;
    const [first] = this.left.keys();
    this.left.delete(first);
  }

  private async write(): Promise<void> {
    if (this.left.size === 0) return;
    const lives = [...this.left.values()];
    this.left.clear();
    try {
      await this.devices.renew(lives, this.clock.wallMs());
    } catch (error) {
      this.logger.debug(`when ${lives.length} devices left is not noted: ${String(error)}`);
    }
  }
}
