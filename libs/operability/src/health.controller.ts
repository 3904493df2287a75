import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Readiness } from './readiness.js';

/**
 * What a load balancer or an orchestrator asks, without a token. The answers tell the public nothing but the status; what
 * is not ready and why is for the log and the internal port.
 */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** 200 for as long as the process answers at all: anything else means that it should be started again. */
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** 200 when sends are accepted, 503 when traffic should go elsewhere. */
  @Get('ready')
  ready(@Res({ passthrough: true }) response: Response): { status: 'ready' | 'not_ready' } {
    if (this.readiness.isReady) return { status: 'ready' };
    response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: 'not_ready' };
  }
}
