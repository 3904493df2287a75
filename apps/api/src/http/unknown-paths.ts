import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import { rejected } from '@parley/contracts';
import { answerRejection } from './answer-rejection.js';

/**
 * Answers `not_found` for paths outside the API's prefix that nobody else took; inside it Nest does. It joins the end of
 * the line when the application has started, behind everything that was registered until then.
 */
@Injectable()
export class UnknownPaths implements OnApplicationBootstrap {
  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    this.host.httpAdapter.use((request: Request, response: Response) => {
      answerRejection(rejected('not_found'), request, response);
    });
  }
}
