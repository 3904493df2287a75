/** Sizes that are part of the protocol itself; those that an operator may change stand in the configuration classes. */
export const PROTOCOL_VERSION = 1;

/** Largest content in UTF-8 bytes of its compact JSON. */
export const MESSAGE_BYTES = 16_384;
/** Largest Socket.IO frame and REST body in bytes. */
export const FRAME_BYTES = 65_536;
/** Deepest nesting of a payload; the payload itself is depth 1. */
export const MAX_DEPTH = 16;
export const MAX_MENTIONS = 50;
/** Largest emoji of a reaction in UTF-8 bytes. */
export const EMOJI_BYTES = 32;
/** Different emoji that one message takes over its whole life. */
export const MAX_EMOJI = 64;
/** Positions in one `message:ack`. */
export const MAX_POSITIONS = 1_000;
/** Conversations that a client may say at its handshake to hold; what fits into a frame is fewer. */
export const MAX_HELD_POSITIONS = 10_000;
export const PAGE_SIZE = 200;
export const DEFAULT_PAGE_SIZE = 50;
export const SMALL_GROUP_MEMBERS = 256;
/** Members of a conversation who still see each other's receipts. */
export const RECEIPT_MEMBERS = 32;
export const GROUP_MEMBERS = 100_000;
export const TITLE_LENGTH = 128;
/** Longest name and platform of a device in characters. */
export const DEVICE_LABEL_LENGTH = 128;
/** Longest push token in characters; a Web Push subscription as JSON fits. */
export const PUSH_TOKEN_LENGTH = 4_096;
/** A `message:batch` carries at most this many entries and bytes; one larger entry travels alone. */
export const BATCH_ENTRIES = 100;
export const BATCH_BYTES = 65_536;
/** More than this behind in one conversation: the newest are sent, and `skipped` tells the rest. */
export const MAX_CATCH_UP = 10_000;
/** A (conversation, sender, client_msg_id) is remembered this long, in milliseconds; longer than the log is kept. */
export const DEDUPLICATION_MS = 30 * 24 * 3_600_000;
/** A device away for longer starts like a new one, in milliseconds. */
export const DEVICE_EXPIRY_MS = 30 * 24 * 3_600_000;
/** Rows of a conversation's entries in one store partition. */
export const BUCKET_SIZE = 5_000;
