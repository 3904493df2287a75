/** Environment of a server whose limits never stand in the way of a test that is about something else. */
export const RAISED_LIMITS: Readonly<Record<string, string>> = {
  LOGIN_LIMIT_PER_ACCOUNT_PER_MIN: '1000000',
  LOGIN_LIMIT_PER_ADDRESS_PER_MIN: '1000000',
  REGISTER_LIMIT_PER_MIN: '1000000',
  SENDS_PER_SECOND: '1000000',
  SEND_BURST: '1000000',
  CONVERSATION_SENDS_PER_SECOND: '1000000',
};
