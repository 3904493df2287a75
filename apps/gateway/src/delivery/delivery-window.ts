/** Unacknowledged entries and bytes that a session may have, and for how long it may acknowledge none of them. */
export class DeliveryWindow {
  constructor(
    readonly entries: number,
    readonly bytes: number,
    readonly ackTimeoutMs: number,
  ) {}
}
