import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { EmojiField } from './emoji.js';
import type { Content } from './entry.js';
import { ClientMessageIdField, ContentField, IdField } from './fields.js';

/** New content for a message as REST takes it: the message stands in the path, the key in a header. */
export class PatchMessageDto {
  @ContentField()
  content: Content;
}

/** What all events about an earlier message have in common. Their keys and those of sends are one key space. */
class MessageChangeDto {
  @ClientMessageIdField()
  client_msg_id: string;

  @IdField()
  conversation_id: string;

  @IdField({ description: 'The message_id of the message that this is about.' })
  target_id: string;
}

/** `message:edit`: new content for one's own message. */
export class EditMessageDto extends MessageChangeDto {
  @ContentField()
  content: Content;
}

/** `message:delete`: one's own message, or any as a group's owner or admin, becomes empty for everybody. */
export class DeleteMessageDto extends MessageChangeDto {}

/** `message:react`: adds or takes back one's own reaction with one emoji to a message that one can see. */
export class ReactDto extends MessageChangeDto {
  @EmojiField()
  emoji: string;

  @ApiProperty({ type: String, enum: ['add', 'remove'] })
  @IsIn(['add', 'remove'], { message: '$property must be add or remove' })
  op: 'add' | 'remove';
}
