import type { Schema, Schemas } from '../schema.js';

/** https://www.asyncapi.com/docs/reference/specification/v3.0.0, as far as this product uses it. */
export interface AsyncApiDocument {
  asyncapi: '3.0.0';
  info: Record<string, unknown>;
  defaultContentType: string;
  servers: Record<string, Record<string, unknown>>;
  channels: Record<string, Channel>;
  operations: Record<string, Operation>;
  components: { schemas: Schemas };
}

export interface Channel {
  /** Null: known only when it is used, as with a reply. */
  address: string | null;
  title?: string;
  description?: string;
  messages: Record<string, Message>;
  bindings?: Record<string, unknown>;
}

export interface Message {
  name: string;
  title?: string;
  summary?: string;
  payload: Schema;
  examples: { name?: string; payload: unknown }[];
}

/** `receive`: clients send it; `send`: the server does. */
export interface Operation {
  action: 'receive' | 'send';
  channel: Reference;
  summary: string;
  description?: string;
  messages: Reference[];
  reply?: { channel: Reference; messages: Reference[] };
}

export interface Reference {
  $ref: string;
}

/** Channels and operations of one kind of events. */
export type Part = Pick<AsyncApiDocument, 'channels' | 'operations'>;

export const channelRef = (channel: string): Reference => ({ $ref: `#/channels/${channel}` });

export const messageRef = (channel: string, message: string): Reference => ({
  $ref: `#/channels/${channel}/messages/${message}`,
});

/** An event's name as the name of a thing in the document: "message:send" is `message_send`. */
export const idOf = (event: string): string => event.replaceAll(':', '_');
