import type { SessionAddress } from './session-registry.js';

/** The ids of sessions by the gateway that holds them: each gateway is told once of all of its own. */
export function sessionIdsByGateway(
  sessions: Iterable<Pick<SessionAddress, 'gateway' | 'session_id'>>,
): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { gateway, session_id } of sessions) {
    const ofGateway = ids.get(gateway);
    if (ofGateway) ofGateway.push(session_id);
    else ids.set(gateway, [session_id]);
  }
  return ids;
}
