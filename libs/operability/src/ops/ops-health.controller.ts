import { Controller, Get, UseGuards } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { Readiness, type PartState } from '../readiness.js';
import { OpsGuard } from './ops-guard.js';

/** Health for the people who run the app: every part by name, and why one cannot serve. */
@Controller('health')
export class OpsHealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** 200 for as long as the process answers at all, whatever its engines do: starting it again would not bring them back. */
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** 200 when the app does its work, with `degraded` where it does with less; 503 when traffic should go elsewhere. */
  @Get('ready')
  @UseGuards(OpsGuard)
  ready(): Promise<HealthCheckResult> {
    return this.health.check(this.readiness.parts().map((part) => () => this.indicate(part)));
  }

  private indicate({ name, effect, reason }: PartState) {
    const session = this.indicators.check(name);
    if (reason === null) return session.up();
    return effect === 'stops' ? session.down(reason) : session.degraded(reason);
  }
}
