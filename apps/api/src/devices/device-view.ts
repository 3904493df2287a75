import type { DeviceView } from '@parley/contracts';
import type { Device } from '@parley/entities';

/** A device as its user sees it. */
export function deviceView({ device_id, name, platform, created_at, last_seen_at }: Device): DeviceView {
  return {
    device_id,
    name,
    platform,
    created_at: new Date(created_at).toISOString(),
    last_seen_at: new Date(last_seen_at).toISOString(),
  };
}
