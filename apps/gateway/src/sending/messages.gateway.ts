import { UseFilters } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { DeleteMessageDto, EditMessageDto, ReactDto, SendMessageDto, validate } from '@parley/contracts';
import type { Answer } from '../connections/answer.js';
import { AnswerFilter } from '../connections/answer-filter.js';
import type { ChatSocket } from '../connections/chat-socket.js';
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
  onSend(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'message:send'> {
    const checked = validate(SendMessageDto, payload);
    return checked.ok ? this.send(socket, { kind: 'message', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:edit')
  onEdit(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'message:edit'> {
    const checked = validate(EditMessageDto, payload);
    return checked.ok ? this.send(socket, { kind: 'edit', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:delete')
  onDelete(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'message:delete'> {
    const checked = validate(DeleteMessageDto, payload);
    return checked.ok ? this.send(socket, { kind: 'delete', ...checked.value }) : checked;
  }

  @SubscribeMessage('message:react')
  onReact(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'message:react'> {
    const checked = validate(ReactDto, payload);
    return checked.ok ? this.send(socket, { kind: 'react', ...checked.value }) : checked;
  }

  private send(socket: ChatSocket, entry: Parameters<SendMessage['execute']>[1]): Answer<'message:send'> {
    return this.sendMessage.execute(this.sockets.of(socket).identity, entry);
  }
}
