import { Catch, Logger, type ArgumentsHost, type WsExceptionFilter } from '@nestjs/common';
import { rejected, RejectedError } from '@parley/contracts';
import type { Socket } from 'socket.io';
import { answer, type Acknowledgement } from './answer.js';

/** What no handler expected: the client still gets its answer, and the log the error (never the payload). */
@Catch()
export class AnswerFilter implements WsExceptionFilter {
  private readonly logger = new Logger('SocketEvents');

  catch(error: unknown, host: ArgumentsHost): void {
    const [socket, , ack] = host.getArgs<[Socket, unknown, Acknowledgement | null]>();
    const event = host.switchToWs().getPattern();
    if (!(error instanceof RejectedError)) this.logger.error(`${event}: ${String(error)}`);
    answer(socket, event, ack, error instanceof RejectedError ? error.rejection : rejected('internal'));
  }
}
