import { context, trace } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';

/** Every span of this process, recorded here instead of being sent, until `release`. */
export class RecordedSpans {
  private readonly exporter = new InMemorySpanExporter();

  constructor() {
    const spanProcessors = [new SimpleSpanProcessor(this.exporter)];
    new NodeTracerProvider({ spanProcessors, sampler: new AlwaysOnSampler() }).register();
  }

  /** In the order in which they ended. */
  get spans() {
    return this.exporter.getFinishedSpans();
  }

  forget(): void {
    this.exporter.reset();
  }

  /** Tracing is off again. */
  release(): void {
    trace.disable();
    context.disable();
  }
}
