import { UseFilters } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { SetPresenceDto, validate, WatchDto } from '@parley/contracts';
import type { Answer } from '../connections/answer.js';
import { AnswerFilter } from '../connections/answer-filter.js';
import type { ChatSocket } from '../connections/chat-socket.js';
import { SocketSessions } from '../connections/socket-sessions.js';
import { SetPresence } from './set-presence.js';
import { WatchPresence } from './watch-presence.js';

/** Who is there. */
@WebSocketGateway()
@UseFilters(AnswerFilter)
export class PresenceGateway {
  constructor(
    private readonly sockets: SocketSessions,
    private readonly watchPresence: WatchPresence,
    private readonly setPresence: SetPresence,
  ) {}

  @SubscribeMessage('presence:watch')
  onWatch(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'presence:watch'> {
    const checked = validate(WatchDto, payload);
    return checked.ok ? this.watchPresence.execute(this.sockets.of(socket), checked.value.user_ids) : checked;
  }

  @SubscribeMessage('presence:unwatch')
  onUnwatch(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'presence:unwatch'> {
    const checked = validate(WatchDto, payload);
    return checked.ok ? this.watchPresence.unwatch(this.sockets.of(socket), checked.value.user_ids) : checked;
  }

  @SubscribeMessage('presence:set')
  onSet(@ConnectedSocket() socket: ChatSocket, @MessageBody() payload: unknown): Answer<'presence:set'> {
    const checked = validate(SetPresenceDto, payload);
    return checked.ok ? this.setPresence.execute(this.sockets.of(socket), checked.value.status) : checked;
  }
}
