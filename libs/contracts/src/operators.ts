import { ApiProperty } from '@nestjs/swagger';
import { UserView } from './accounts.js';
import type { ConversationKind } from './entry.js';
import { MemberView } from './groups.js';

/** One login of an account: a token family. */
export class LoginView {
  @ApiProperty({ type: String, description: 'The claim `sid` of its access tokens.' })
  login_id: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null: it lives.' })
  revoked_at: string | null;
  @ApiProperty({ type: String, format: 'date-time', description: 'When its newest refresh token ends.' })
  expires_at: string;
}

export class KnownDeviceView {
  @ApiProperty({ type: String })
  device_id: string;
  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;
  @ApiProperty({ type: String, format: 'date-time' })
  last_seen_at: string;
}

/** An account as operators see it. */
export class AccountView {
  @ApiProperty({ type: UserView })
  user: UserView;
  @ApiProperty({ type: Boolean })
  is_operator: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null: it may be used.' })
  disabled_at: string | null;
  @ApiProperty({ type: [LoginView], description: 'The newest 100.' })
  logins: LoginView[];
  @ApiProperty({ type: [KnownDeviceView], description: 'The last seen first.' })
  devices: KnownDeviceView[];
}

export class AccountPageView {
  @ApiProperty({ type: [AccountView] })
  items: AccountView[];
  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

/** A conversation as operators see it: how large and how busy, never what is said. */
export class ConversationOverviewView {
  @ApiProperty({ type: String })
  conversation_id: string;
  @ApiProperty({ type: String, enum: ['direct', 'group'] })
  kind: ConversationKind;
  @ApiProperty({ type: 'integer' })
  member_count: number;
  @ApiProperty({ type: [MemberView], description: 'The first 256 of a group by the time they joined.' })
  members: MemberView[];
  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;
  @ApiProperty({ type: 'integer', description: 'The highest `seq` that is stored.' })
  last_seq: number;
  @ApiProperty({ type: 'integer', description: 'Messages among the entries.' })
  message_count: number;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The newest message, else the creation; null before the first entry.',
  })
  last_activity_at: string | null;
  @ApiProperty({ type: String, enum: ['write'], description: '`write`: every member has an inbox row of its own.' })
  fan_out: 'write';
}

/** Sessions of a conversation's members on one gateway. */
export class PlanGatewayView {
  @ApiProperty({ type: String, description: 'Its address on the link.' })
  gateway: string;
  @ApiProperty({ type: 'integer', minimum: 1 })
  sessions: number;
}

/** Which way the messages of a conversation go, and why. */
export class DeliveryPlanView {
  @ApiProperty({ type: String })
  conversation_id: string;
  @ApiProperty({ type: 'integer', description: "The log's partition: what orders its messages." })
  partition: number;
  @ApiProperty({ type: 'integer' })
  member_count: number;
  @ApiProperty({ type: String, enum: ['write'], description: '`write`: every member has an inbox row of its own.' })
  fan_out: 'write';
  @ApiProperty({ type: [String], description: 'Step by step, in words.' })
  because: string[];
  @ApiProperty({ type: [PlanGatewayView], nullable: true, description: 'For operators alone; null for members.' })
  gateways: PlanGatewayView[] | null;
}

export class PartitionLagView {
  @ApiProperty({ type: 'integer' })
  partition: number;
  @ApiProperty({ type: 'integer', description: 'Everything below it is finished.' })
  committed: number;
  @ApiProperty({ type: 'integer', description: 'The offset that the next record gets.' })
  end: number;
  @ApiProperty({ type: 'integer', minimum: 0 })
  lag: number;
}

export class LivingGatewayView {
  @ApiProperty({ type: String, description: 'Its address on the link.' })
  gateway: string;
  @ApiProperty({ type: String, description: 'The present life of its lease.' })
  incarnation: string;
  @ApiProperty({ type: 'integer', description: 'As of its last renewal.' })
  sessions: number;
  @ApiProperty({ type: 'integer', description: 'Without another renewal.' })
  lapses_in_ms: number;
}

/** How far routers and gateways are. */
export class LagView {
  @ApiProperty({ type: [PartitionLagView] })
  partitions: PartitionLagView[];
  @ApiProperty({ type: 'integer', description: 'Records that no router could read.' })
  quarantined: number;
  @ApiProperty({ type: [LivingGatewayView] })
  gateways: LivingGatewayView[];
}

/** What an operator did, or was about to do. */
export class AuditRecordView {
  @ApiProperty({ type: String })
  audit_id: string;
  @ApiProperty({ type: String, format: 'date-time' })
  at: string;
  @ApiProperty({ type: String, nullable: true, description: 'A user; null for the command `admin`.' })
  actor_id: string | null;
  @ApiProperty({ type: String, example: 'PUT /api/v1/admin/users/:user_id/disabled' })
  action: string;
  @ApiProperty({ type: String, nullable: true, description: 'An id or a handle.' })
  object: string | null;
  @ApiProperty({ type: String, nullable: true })
  request_id: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Of the caller on the network.' })
  address: string | null;
  @ApiProperty({ type: String, nullable: true, description: '`done` or the code of a refusal; null: not finished.' })
  outcome: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  ended_at: string | null;
}

export class AuditPageView {
  @ApiProperty({ type: [AuditRecordView], description: 'The newest first.' })
  items: AuditRecordView[];
  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
