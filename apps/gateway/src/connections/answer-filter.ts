import { Catch, Logger, type ArgumentsHost, type WsExceptionFilter } from '@nestjs/common';
import { EngineUnavailable, ERRORS, rejected, RejectedError, type Rejection } from '@parley/contracts';
import { answer, type Acknowledgement } from './answer.js';
import type { ChatSocket } from './chat-socket.js';

/** What no handler expected: the client still gets its answer, and the log the error (never the payload). */
@Catch()
export class AnswerFilter implements WsExceptionFilter {
  private readonly logger = new Logger('SocketEvents');

  catch(error: unknown, host: ArgumentsHost): void {
    const [socket, , ack] = host.getArgs<[ChatSocket, unknown, Acknowledgement | null]>();
    const event = host.switchToWs().getPattern();
    const rejection = rejectionOf(error);
    this.log(event, rejection, error);
    answer(socket, event, ack, rejection);
  }

  private log(event: string, { code }: Rejection, thrown: unknown): void {
    if (thrown instanceof RejectedError) return;
    const level = ERRORS[code].log;
    if (thrown instanceof EngineUnavailable) this.logger[level](`${event} answered ${code}: ${thrown.engine} is away`);
    else this.logger[level](`${event} answered ${code}`, thrown);
  }
}

function rejectionOf(error: unknown): Rejection {
  if (error instanceof RejectedError) return error.rejection;
  if (error instanceof EngineUnavailable) return rejected('unavailable', undefined, { retryAfterMs: 1_000 });
  return rejected('internal');
}
