import { UseFilters } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { DeleteMessageDto, EditMessageDto, ReactDto, SendMessageDto, validate } from '@parley/contracts';
import type { Socket } from 'socket.io';
import type { Answer } from '../connections/answer.js';
import { AnswerFilter } from '../connections/answer-filter.js';
import { SocketSessions } from '../connections/socket-sessions.js';
import { SendMessage } from './send-message.js';

/** What clients send into a conversation: messages, and what changes them. */
@WebSocketGateway()
@UseFilters(AnswerFilter)
export class MessagesGateway {
  constructor(
    private readonly sockets: SocketSessions,
    private readonly sendMessage: SendMessage,
  ) {}

  @SubscribeMessage('message:send')
  onSend(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(SendMessageDto, payload);
    return checked.ok ? this.send(socket, { kind: 'message', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:edit')
  onEdit(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(EditMessageDto, payload);
    return checked.ok ? this.send(socket, { kind: 'edit', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:delete')
  onDelete(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(DeleteMessageDto, payload);
    return checked.ok ? this.send(socket, { kind: 'delete', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:react')
  onReact(@ConnectedSocket() socket: Socket, @MessageBody() payload: unknown): Answer {
    const checked = validate(ReactDto, payload);
    return checked.ok ? this.send(socket, { kind: 'react', ...checked.value }) : checked;
  }

  private send(socket: Socket, entry: Parameters<SendMessage['execute']>[1]): Answer {
    return this.sendMessage.execute(this.sockets.of(socket).identity.userId, entry);
  }
}
