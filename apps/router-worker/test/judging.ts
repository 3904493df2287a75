/** The part of the router that decides: a pure function, for those who test it from outside. */
export { ConversationState } from '../src/sequencing/conversation-state.js';
export { judge } from '../src/sequencing/judge.js';
