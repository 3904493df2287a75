import type { Provider } from '@nestjs/common';
import {
  AllowedOrigins,
  type DeviceSettings,
  type HttpSettings,
  type PresenceSettings,
  type SendingSettings,
  type SessionSettings,
} from '@parley/config';
import { limits, type SessionLimits } from '@parley/contracts';
import { GatewaySettings } from './connections/gateway-settings.js';
import { DeliveryWindow } from './delivery/delivery-window.js';

type GatewayPart = HttpSettings & SendingSettings & DeviceSettings & SessionSettings & PresenceSettings;

/** What the gateway takes from a configuration. `polling`: beside WebSocket, where one process serves everything. */
export function gatewaySettingsOf(config: Readonly<GatewayPart>, { polling }: { polling: boolean }): Provider[] {
  const window = new DeliveryWindow(config.WINDOW_ENTRIES, config.WINDOW_BYTES, config.ACK_TIMEOUT_MS);
  const heartbeat = { intervalMs: config.PING_INTERVAL_MS, timeoutMs: config.PING_TIMEOUT_MS };
  const settings = new GatewaySettings(sessionLimits(config), config.MAX_CONNECTIONS, polling, heartbeat);
  return [
    { provide: DeliveryWindow, useValue: window },
    { provide: GatewaySettings, useValue: settings },
    { provide: AllowedOrigins, useValue: new AllowedOrigins(config.ALLOWED_ORIGINS) },
  ];
}

function sessionLimits(config: Readonly<GatewayPart>): SessionLimits {
  return {
    message_bytes: limits.MESSAGE_BYTES,
    frame_bytes: limits.FRAME_BYTES,
    sends_per_second: config.SENDS_PER_SECOND,
    send_burst: config.SEND_BURST,
    conversation_sends_per_second: config.CONVERSATION_SENDS_PER_SECOND,
    devices_per_user: config.DEVICES_PER_USER,
    watched_users: config.WATCHED_USERS,
    small_group_members: limits.SMALL_GROUP_MEMBERS,
    group_members: limits.GROUP_MEMBERS,
    page_size: limits.PAGE_SIZE,
    window_entries: config.WINDOW_ENTRIES,
    window_bytes: config.WINDOW_BYTES,
    ack_timeout_ms: config.ACK_TIMEOUT_MS,
    presence_grace_ms: config.PRESENCE_GRACE_MS,
  };
}
