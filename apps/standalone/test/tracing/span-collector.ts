import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as it came in, with the service that it happened in. */
export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  service: string;
  /** Of its links. */
  linked: string[];
}

interface Attribute {
  key: string;
  value: { stringValue?: string };
}

/** OTLP/HTTP in JSON, as far as it is read here. */
interface ExportRequest {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: (Omit<CollectedSpan, 'service' | 'linked'> & { links?: { spanId: string }[] })[] }[];
  }[];
}

/** An OTLP/HTTP collector that keeps what it is sent. */
export class SpanCollector {
  readonly spans: CollectedSpan[] = [];
  /** Everything that came in, as text. */
  readonly bodies: string[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void json(request).then((body) => {
        this.take(body as ExportRequest);
        response.setHeader('Content-Type', 'application/json').end('{}');
      });
    });
  }

  static async listen(): Promise<SpanCollector> {
    const collector = new SpanCollector();
    collector.server.listen(0, '127.0.0.1');
    await once(collector.server, 'listening');
    collector.server.unref();
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The whole trace that a root span of this name begins, of those whose root came after the first `from` spans. */
  traceOf(rootName: string, from = 0): CollectedSpan[] {
    const root = this.spans.slice(from).find(({ name, parentSpanId }) => name === rootName && !parentSpanId);
    return root ? this.spans.filter(({ traceId }) => traceId === root.traceId) : [];
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private take(request: ExportRequest): void {
    this.bodies.push(JSON.stringify(request));
    for (const { resource, scopeSpans } of request.resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      for (const { links = [], ...span } of scopeSpans.flatMap(({ spans }) => spans)) {
        this.spans.push({ ...span, service, linked: links.map(({ spanId }) => spanId) });
      }
    }
  }
}
