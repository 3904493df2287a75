import { ListVariable, RatioVariable, TextVariable } from '../variable.js';

/** Of traces, under the names that OpenTelemetry gives them. */
export class TracingSettings {
  @TextVariable({
    pattern: /^https?:\/\/[^\s@]+$/,
    shape: 'a URL http: or https: without a user',
    optional: true,
    example: 'http://localhost:4318',
    about: 'Base URL of the OTLP/HTTP collector that traces are sent to; without it there are none.',
  })
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @ListVariable({
    pattern: /^[\w-]+=(?:[^\s,%]|%[0-9A-Fa-f]{2})+$/,
    shape: 'headers name=value',
    optional: true,
    example: 'authorization=Bearer%20of-the-collector',
    about: 'Headers that the collector asks for, name=value with %20 for a space, separated by commas.',
  })
  readonly OTEL_EXPORTER_OTLP_HEADERS?: readonly string[];

  @RatioVariable({ about: 'The share of requests and socket events that are traced, from 0 to 1.' })
  readonly OTEL_TRACES_SAMPLER_ARG: number = 0.01;
}
