/** `until` in milliseconds since 1970; null: until further notice. */
export interface Mute {
  until: number | null;
}

/** The conversations that users muted for themselves. A mute that has run out is still told: who reads knows the time. */
export abstract class MuteDirectory {
  /** Takes the place of an earlier one. The user and the conversation exist. */
  abstract mute(userId: string, conversationId: string, mute: Mute): Promise<void>;
  /** Idempotent. */
  abstract unmute(userId: string, conversationId: string): Promise<void>;
  /** Conversations that are not muted are absent from the answer. */
  abstract mutesOf(userId: string, conversationIds: readonly string[]): Promise<Map<string, Mute>>;
}
