import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** For one request to the collector, in milliseconds; a stop waits no longer for the last one. */
const EXPORT_WITHIN_MS = 2_000;
/** Spans wait so long for company, in milliseconds. */
const EXPORT_EVERY_MS = 1_000;

export interface TracingSettings {
  /** Base URL of an OTLP/HTTP collector; without it there are no traces. */
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  /** `name=value`, percent-encoded, with each request to the collector. */
  readonly OTEL_EXPORTER_OTLP_HEADERS?: readonly string[];
  /** The share of requests and events that are traced, from 0 to 1. */
  readonly OTEL_TRACES_SAMPLER_ARG: number;
}

/**
 * Sends spans to a collector from now on, as OTLP over HTTP in JSON. Of requests and events a share is traced; what belongs
 * to a trace follows it through every process. Without an endpoint nothing is loaded and nothing is recorded.
 * Resolves to the stop, which sends what is left.
 */
export async function startTracing(app: string, settings: TracingSettings): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio } = settings;
  if (endpoint === undefined) return () => Promise.resolve();
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const headers = Object.fromEntries((settings.OTEL_EXPORTER_OTLP_HEADERS ?? []).map(headerOf));
  const exporter = outspoken(new OTLPTraceExporter({ url, headers, timeoutMillis: EXPORT_WITHIN_MS }), url);
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `parley-${app}`, 'service.instance.id': randomUUID() }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(exporter, {
        scheduledDelayMillis: EXPORT_EVERY_MS,
        exportTimeoutMillis: EXPORT_WITHIN_MS,
      }),
    ],
  });
  provider.register();
  return () => provider.shutdown();
}

function headerOf(setting: string): [name: string, value: string] {
  const at = setting.indexOf('=');
  return [setting.slice(0, at), decodeURIComponent(setting.slice(at + 1))];
}

/** A collector that is away costs spans and nothing else: one line when it goes, one when it is back. */
function outspoken(exporter: SpanExporter, url: string): SpanExporter {
  const logger = new Logger('Tracing');
  let isAway = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error && !isAway) logger.warn(`the collector at ${new URL(url).host} takes no spans`, result.error);
        if (!result.error && isAway) logger.log('the collector takes spans again');
        isAway = result.error !== undefined;
        done(result);
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
