import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { TextField } from './fields.js';
import { DEVICE_LABEL_LENGTH, PUSH_TOKEN_LENGTH } from './limits.js';

const PUSH_PROVIDERS = ['apns', 'fcm', 'webpush'] as const;

/** `PUT /devices/{device_id}`: what is left out stays, null clears. */
export class PutDeviceDto {
  @TextField(1, DEVICE_LABEL_LENGTH, { optional: true, description: 'What its user calls it.' })
  name?: string | null;

  @TextField(1, DEVICE_LABEL_LENGTH, { optional: true, description: 'Free text, for example `ios`.' })
  platform?: string | null;
}

/** `PUT /devices/{device_id}/push-token`. */
export class PushTokenDto {
  @ApiProperty({ type: String, enum: PUSH_PROVIDERS })
  @IsIn(PUSH_PROVIDERS, { message: '$property must be apns, fcm or webpush' })
  provider: (typeof PUSH_PROVIDERS)[number];

  @TextField(1, PUSH_TOKEN_LENGTH, { description: 'As the provider gave it; it is never shown again.' })
  token: string;
}

/** A device of the caller. */
export class DeviceView {
  @ApiProperty({ type: String })
  device_id: string;
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  @ApiProperty({ type: String, nullable: true })
  platform: string | null;
  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'When it was connected last; some minutes behind while it is.',
  })
  last_seen_at: string;
}

export class DevicePageView {
  @ApiProperty({ type: [DeviceView], description: 'In the order in which they came.' })
  items: DeviceView[];
  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
