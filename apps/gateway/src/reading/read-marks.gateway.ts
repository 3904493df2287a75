import { UseFilters } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { ReadConversationDto, validate, type AnswerOf, type Rejection } from '@parley/contracts';
import { MarkRead } from '@parley/reading';
import type { Answer } from '../connections/answer.js';
import { AnswerFilter } from '../connections/answer-filter.js';
import type { ChatSocket } from '../connections/chat-socket.js';
import type { Session } from '../connections/session.js';
import { SocketSessions } from '../connections/socket-sessions.js';

/** What clients say of what their users have read. */
@WebSocketGateway()
@UseFilters(AnswerFilter)
export class ReadMarksGateway {
  constructor(
    private readonly sockets: SocketSessions,
    private readonly markRead: MarkRead,
  ) {}

  @SubscribeMessage('receipt:read')
  onRead(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'receipt:read'> {
    const checked = validate(ReadConversationDto, payload);
    return checked.ok ? this.mark(this.sockets.of(socket), checked.value) : checked;
  }

  private async mark(
    { identity: { userId, device } }: Session,
    { conversation_id, seq }: ReadConversationDto,
  ): Promise<AnswerOf<'receipt:read'> | Rejection> {
    const mark = await this.markRead.execute(userId, conversation_id, seq, device.device_id);
    if ('ok' in mark) return mark;
    const { read_seq, unread_count } = mark;
    return { ok: true, read_seq, unread_count };
  }
}
