import type { SessionAddress } from '../session-registry.js';

/** The hash of a user's sessions: a field per device. */
export function placesKey(userId: string): string {
  return `sessions:${userId}`;
}

/** The value of a field, as Redis holds it: to be compared byte by byte. */
export type Place = string;

/** A list rather than an object: there may be a hundred million of them. The scripts read the fourth item. */
export function encodePlace(session: SessionAddress): Place {
  const { device_id, gateway, incarnation, session_id, connected_at, away } = session;
  return JSON.stringify([device_id, gateway, incarnation, session_id, connected_at, ...(away ? [1] : [])]);
}

export function decodePlace(user_id: string, place: Place): SessionAddress {
  const [device_id, gateway, incarnation, session_id, connected_at, away] = JSON.parse(place) as [
    string,
    string,
    string,
    string,
    number,
    1?,
  ];
  return { user_id, device_id, gateway, incarnation, session_id, connected_at, ...(away && { away: true }) };
}
