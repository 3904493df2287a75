import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { IdField, IdListField } from './fields.js';

/** What users can say of themselves. */
export const AVAILABILITIES = ['online', 'away'] as const;
export type Availability = (typeof AVAILABILITIES)[number];
export type PresenceStatus = Availability | 'offline';

/** More ids than a frame holds: how many users may be watched is an operator's choice. */
const MOST_IDS = 10_000;

/** `typing`, from a client. */
export class TypingDto {
  @IdField()
  conversation_id: string;

  @ApiProperty({ type: Boolean })
  @IsBoolean({ message: '$property must be true or false' })
  typing: boolean;
}

/** `typing`, to the other members. Clients drop it after 6 s. */
export class TypingView {
  @ApiProperty({ type: String })
  conversation_id: string;
  @ApiProperty({ type: String })
  user_id: string;
  @ApiProperty({ type: Boolean })
  typing: boolean;
}

/** `presence:watch` and `presence:unwatch`. */
export class WatchDto {
  @IdListField(MOST_IDS)
  user_ids: string[];
}

/** `presence:set`: of this session. A user is away when all sessions are. */
export class SetPresenceDto {
  @ApiProperty({ type: String, enum: AVAILABILITIES })
  @IsIn(AVAILABILITIES, { message: '$property must be online or away' })
  status: Availability;
}

/** `presence` as an event, in the answer to `presence:watch`, and over REST. */
export class PresenceView {
  @ApiProperty({ type: String })
  user_id: string;
  @ApiProperty({ type: String, enum: [...AVAILABILITIES, 'offline'] })
  status: PresenceStatus;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the user was connected last: now for who is online or away; null where nobody knows.',
  })
  last_seen_at: string | null;
}

/** The answer to `presence:watch`: those of the users who may be seen, from now on in `presence` events, too. */
export class WatchedView {
  @ApiProperty({ type: [PresenceView] })
  presence: PresenceView[];
}
