import { ApiProperty } from '@nestjs/swagger';
import { MarkReadDto } from './conversations.js';
import { IdField } from './fields.js';

/** `receipt:read`: what REST takes as `PUT /conversations/{id}/read`. */
export class ReadConversationDto extends MarkReadDto {
  @IdField()
  conversation_id: string;
}

/** `receipt`: how far a member has got, and has read. Neither falls from one receipt to the next. */
export class Receipt {
  @ApiProperty({ type: String })
  conversation_id: string;
  @ApiProperty({ type: String })
  user_id: string;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'The highest position that a device acknowledged.' })
  delivered_seq: number;
  @ApiProperty({ type: 'integer', minimum: 0 })
  read_seq: number;
}
