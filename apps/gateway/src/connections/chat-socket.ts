import type { ServerEvents } from '@parley/contracts';
import type { DefaultEventsMap, Socket } from 'socket.io';

/**
 * A client's socket. It emits the events of `SERVER_EVENTS` with their payloads and nothing else; what comes in is
 * unknown until it is validated.
 */
export type ChatSocket = Socket<DefaultEventsMap, ServerEvents>;
