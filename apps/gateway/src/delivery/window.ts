/** Unacknowledged entries and bytes that a session may have, and how long it may acknowledge nothing. */
export class DeliveryWindow {
  constructor(
    readonly entries: number,
    readonly bytes: number,
    readonly ackTimeoutMs: number,
  ) {}
}
