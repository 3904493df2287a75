import { UseFilters } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { TypingDto, validate } from '@parley/contracts';
import type { Answer } from '../connections/answer.js';
import { AnswerFilter } from '../connections/answer-filter.js';
import type { ChatSocket } from '../connections/chat-socket.js';
import { SocketSessions } from '../connections/socket-sessions.js';
import { TellTyping } from './tell-typing.js';

/** Who is writing. */
@WebSocketGateway()
@UseFilters(AnswerFilter)
export class TypingGateway {
  constructor(
    private readonly sockets: SocketSessions,
    private readonly tellTyping: TellTyping,
  ) {}

  @SubscribeMessage('typing')
  onTyping(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'typing'> {
    const checked = validate(TypingDto, payload);
    return checked.ok ? this.tellTyping.execute(this.sockets.of(socket), checked.value) : checked;
  }
}
