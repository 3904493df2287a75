import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ConversationView } from './conversations.js';
import type { Role } from './entry.js';
import { IdField, IdListField, TextField } from './fields.js';
import { SMALL_GROUP_MEMBERS, TITLE_LENGTH } from './limits.js';

const ROLES: readonly Role[] = ['owner', 'admin', 'member'];

/** `POST /conversations/direct`. */
export class OpenDirectDto {
  @IdField()
  user_id: string;
}

/** `POST /groups`. The caller becomes owner and need not be listed; naming somebody twice counts once. */
export class CreateGroupDto {
  @TextField(1, TITLE_LENGTH)
  title: string;

  @IdListField(SMALL_GROUP_MEMBERS - 1)
  member_ids: string[];
}

/** `PATCH /groups/{id}`. */
export class RenameGroupDto {
  @TextField(1, TITLE_LENGTH)
  title: string;
}

/** `PUT /groups/{id}/members/{user_id}`. */
export class PutMemberDto {
  @ApiProperty({
    type: String,
    enum: ROLES,
    required: false,
    nullable: true,
    description: 'Only the owner gives roles; `owner` hands the group over. Left out: who is in keeps the role.',
  })
  @IsOptional()
  @IsIn(ROLES, { message: '$property must be "owner", "admin" or "member"' })
  role?: Role | null;
}

/** A member of a group. */
export class MemberView {
  @ApiProperty({ type: String })
  user_id: string;
  @ApiProperty({ type: String, enum: ROLES })
  role: Role;
  @ApiProperty({ type: String, format: 'date-time' })
  joined_at: string;
}

/** A group as one of its members sees it ("G" in the protocol): the conversation and its first 256 members. */
export class GroupView extends ConversationView {
  @ApiProperty({ type: [MemberView] })
  members: MemberView[];
}

/** The answer to `PUT /groups/{id}/members/{user_id}`: what is sent from now on reaches this member. */
export class PutMemberView {
  @ApiProperty({ type: String })
  user_id: string;
  @ApiProperty({ type: String, enum: ROLES })
  role: Role;
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    nullable: true,
    description: 'The entry that made the change; null where it was so already.',
  })
  seq: number | null;
}

export class MemberPageView {
  @ApiProperty({ type: [MemberView] })
  items: MemberView[];
  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}
