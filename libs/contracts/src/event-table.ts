import { ReadMark } from './conversations.js';
import { EntryView } from './entry.js';
import { ENTRY_EXAMPLES } from './entry-examples.js';
import type { ErrorCode } from './error-codes.js';
import { DeleteMessageDto, EditMessageDto, ReactDto } from './message-changes.js';
import { ReadConversationDto, Receipt } from './receipts.js';
import { Heads, MessageBatch, SessionClosed, SessionError, SessionReady, SyncDone } from './session-events.js';
import { PresenceView, SetPresenceDto, TypingDto, TypingView, WatchDto, WatchedView } from './presence.js';
import { AckDto, Done, Pulled, PullDto, RefreshSessionDto, SendMessageDto } from './socket-events.js';
import { SentView, SessionRefreshed } from './socket-events.js';

/** An event that clients send. Refusals that every event knows (see the AsyncAPI document) are not listed with it. */
interface TakenEvent {
  payload: new () => object;
  /** What follows `ok: true` in the acknowledgement. */
  answer: new () => object;
  refuses: readonly ErrorCode[];
  summary: string;
}

interface EmittedEvent {
  payload: new () => object;
  summary: string;
  /** For the document, where the one that the schema gives would mislead. */
  example?: object;
}

const REFUSED_SENDS = [
  'payload_too_large',
  'not_found',
  'forbidden',
  'conflict',
  'rate_limited',
  'overloaded',
] as const;

/**
 * Every event that a client may send. The AsyncAPI document is made of this table, and a gateway class handles each of
 * its names and no other.
 */
export const CLIENT_EVENTS = {
  'message:send': { payload: SendMessageDto, answer: SentView, refuses: REFUSED_SENDS, summary: 'Send a message' },
  'message:edit': { payload: EditMessageDto, answer: SentView, refuses: REFUSED_SENDS, summary: 'Edit a message' },
  'message:delete': {
    payload: DeleteMessageDto,
    answer: SentView,
    refuses: REFUSED_SENDS,
    summary: 'Delete a message',
  },
  'message:react': { payload: ReactDto, answer: SentView, refuses: REFUSED_SENDS, summary: 'React to a message' },
  'message:ack': {
    payload: AckDto,
    answer: Done,
    refuses: [],
    summary: 'What came up to here is safe with the client',
  },
  'sync:pull': {
    payload: PullDto,
    answer: Pulled,
    refuses: ['not_found', 'rate_limited'],
    summary: 'Entries after a seq',
  },
  'receipt:read': {
    payload: ReadConversationDto,
    answer: ReadMark,
    refuses: ['not_found'],
    summary: 'Everything up to here is read',
  },
  'auth:refresh': {
    payload: RefreshSessionDto,
    answer: SessionRefreshed,
    refuses: ['unauthorized', 'token_expired'],
    summary: 'Go on with a new access token',
  },
  typing: {
    payload: TypingDto,
    answer: Done,
    refuses: ['not_found', 'rate_limited'],
    summary: 'One is writing, or stopped',
  },
  'presence:watch': {
    payload: WatchDto,
    answer: WatchedView,
    refuses: ['rate_limited'],
    summary: 'See the presence of these users from now on; who may not be seen is left out',
  },
  'presence:unwatch': { payload: WatchDto, answer: Done, refuses: [], summary: 'See it no more' },
  'presence:set': { payload: SetPresenceDto, answer: Done, refuses: [], summary: 'Whether the user is at this device' },
} as const satisfies Record<string, TakenEvent>;

/** Every event that the server emits. What is not in this table cannot be emitted: the gateway's sockets are typed by it. */
export const SERVER_EVENTS = {
  'session:ready': { payload: SessionReady, summary: 'The session is open: sends are taken from here on' },
  'session:closed': { payload: SessionClosed, summary: 'The server ends the session' },
  'session:error': { payload: SessionError, summary: 'An event without a callback was refused' },
  'message:batch': { payload: MessageBatch, summary: 'What a device lacked of one conversation' },
  'sync:done': { payload: SyncDone, summary: 'The sync after a connect is through' },
  heads: { payload: Heads, summary: 'How far conversations with recent traffic are: pull what you lack' },
  receipt: { payload: Receipt, summary: 'How far a member has got, and has read' },
  'message:new': { payload: EntryView, summary: 'A message', example: ENTRY_EXAMPLES.message },
  'message:edit': { payload: EntryView, summary: 'A message has new content', example: ENTRY_EXAMPLES.edit },
  'message:delete': { payload: EntryView, summary: 'A message is deleted', example: ENTRY_EXAMPLES.delete },
  'message:react': {
    payload: EntryView,
    summary: 'Somebody reacted to a message, or took it back',
    example: ENTRY_EXAMPLES.react,
  },
  presence: { payload: PresenceView, summary: 'The presence of a watched user has changed' },
  typing: { payload: TypingView, summary: 'Another member is writing, or stopped; drop it after 6 s' },
  'conversation:updated': {
    payload: EntryView,
    summary: 'Members, roles or the title have changed',
    example: ENTRY_EXAMPLES.update,
  },
} as const satisfies Record<string, EmittedEvent>;

export type ClientEvent = keyof typeof CLIENT_EVENTS;
/** What an accepted event is acknowledged with. */
export type AnswerOf<E extends ClientEvent> = { ok: true } & InstanceType<(typeof CLIENT_EVENTS)[E]['answer']>;

export type ServerEvent = keyof typeof SERVER_EVENTS;
export type PayloadOf<E extends ServerEvent> = InstanceType<(typeof SERVER_EVENTS)[E]['payload']>;
/** The events of the server as Socket.IO takes them for the type of a socket. */
export type ServerEvents = { [E in ServerEvent]: (payload: PayloadOf<E>) => void };
