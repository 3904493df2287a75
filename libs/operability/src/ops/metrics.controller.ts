import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { processRegistry } from '../metrics/process-registry.js';
import { OpsGuard } from './ops-guard.js';

/** What Prometheus scrapes. Names, labels and values are ours alone: nothing that a user typed is among them. */
@Controller('metrics')
@UseGuards(OpsGuard)
export class MetricsController {
  @Get()
  @Header('Content-Type', processRegistry.contentType)
  metrics(): Promise<string> {
    return processRegistry.metrics();
  }
}
