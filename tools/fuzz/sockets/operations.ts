import type { Schema, SchemaDocument } from '../values/schema.js';

/** An event that clients emit, as the document of the socket face has it. */
export interface EventOperation {
  event: string;
  payload: Schema;
}

interface Reference {
  $ref: string;
}

/** The shape of an AsyncAPI 3 document, as far as it is read here. */
export interface AsyncApiDocument {
  operations: Record<
    string,
    { action: string; channel: Reference; messages: Reference[]; reply?: { channel: Reference } }
  >;
}

/** Where answers come that Socket.IO gives to a callback. */
const ACKNOWLEDGEMENTS = '#/channels/acknowledgement';

/** Events with an acknowledgement; what opens a session has none. */
export function eventsOf({ operations }: AsyncApiDocument, document: SchemaDocument): EventOperation[] {
  return Object.values(operations).flatMap(({ action, channel, messages, reply }) => {
    const { address } = document.find<{ address: string | null }>(channel.$ref);
    if (action !== 'receive' || address === null || reply?.channel.$ref !== ACKNOWLEDGEMENTS) return [];
    return [{ event: address, payload: document.find<{ payload: Schema }>(messages[0].$ref).payload }];
  });
}
