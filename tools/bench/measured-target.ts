import type { AppProcess } from '@parley/harness';

/** Processes whose processor time is reported as one figure. */
export interface Part {
  name: string;
  pids: readonly number[];
}

/** What is under measurement, and where to read how it is doing. */
export interface MeasuredTarget {
  /** Of REST. */
  url: string;
  /** Where sockets connect, each at its own gateway, past anything in front: a front would be measured with them. */
  gatewayUrls: readonly string[];
  /** The processes that hold the sockets. */
  gateways: readonly AppProcess[];
  /** Everything that works for a message, engines included. */
  parts: readonly Part[];
  /** Of the internal ports, whose `/metrics` has the stages. */
  opsUrls: readonly string[];
  /** Which processor cores it has, for a person. */
  cores: string;
  stop(): Promise<void>;
}
