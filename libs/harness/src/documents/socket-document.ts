import { pointer, PublishedDocument } from './published-document.js';

interface AsyncApi {
  channels: Record<string, { messages: Record<string, unknown> }>;
}

let asyncApi: PublishedDocument<AsyncApi> | null = null;

/** What is wrong with an event of the server by docs/asyncapi.json. */
export function faultsOfEvent(event: string, payload: unknown): string[] {
  return faultsOfMessage(idOf(event), 'event', payload).map((fault) => `event ${event}: ${fault}`);
}

/** What is wrong with a CONNECT_ERROR, as client libraries report it. */
export function faultsOfRefusal({ message, data }: { message: string; data?: object }): string[] {
  const faults = faultsOfMessage('connection', 'connect_error', { message, data });
  return faults.map((fault) => `CONNECT_ERROR ${message}: ${fault}`);
}

/** What is wrong with the acknowledgement of an event that the client sent; one of an event that nobody knows included. */
export function faultsOfAcknowledgement(event: string, answer: unknown): string[] {
  const isAccepted = (answer as { ok?: unknown } | null)?.ok === true;
  const id = isKnown(event) ? `${idOf(event)}_${isAccepted ? 'accepted' : 'refused'}` : 'unknown_event';
  return faultsOfMessage('acknowledgement', id, answer).map((fault) => `answer to ${event}: ${fault}`);
}

function faultsOfMessage(channel: string, message: string, payload: unknown): string[] {
  const document = documentOfSockets();
  if (document.content.channels[channel]?.messages[message] === undefined) return ['is not in the document'];
  return document.faultsOf(payload, pointer('channels', channel, 'messages', message, 'payload'));
}

function isKnown(event: string): boolean {
  return documentOfSockets().content.channels[idOf(event)]?.messages.request !== undefined;
}

function documentOfSockets(): PublishedDocument<AsyncApi> {
  asyncApi ??= new PublishedDocument<AsyncApi>('asyncapi.json');
  return asyncApi;
}

/** The document writes `message:send` as `message_send` where it names things. */
const idOf = (event: string): string => event.replaceAll(':', '_');
