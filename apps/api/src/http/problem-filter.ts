import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EngineUnavailable, ERRORS, rejected, type Rejection } from '@parley/contracts';
import { answerRejection } from './answer-rejection.js';
import { rejectionOf } from './rejection-of.js';

/** Answers whatever is thrown on the way of a request, unknown routes and unreadable bodies included, with a problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const rejection = rejectionOf(thrown) ?? rejected('internal');
    this.log(rejection, thrown, request);
    // Half an answer is out: breaking off is the only way left to say that it is not whole.
    if (response.headersSent) response.destroy();
    else answerRejection(rejection, request, response);
  }

  private log(rejection: Rejection, thrown: unknown, request: Request): void {
    const line = `${request.method} answered ${rejection.code}`;
    const level = ERRORS[rejection.code].log;
    if (level === 'error') this.logger.error(line, thrown);
    else this.logger[level](thrown instanceof EngineUnavailable ? `${line}: ${thrown.engine} is away` : line);
  }
}
