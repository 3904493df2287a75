import { IntegerVariable } from '../variable.js';

const MANY = 1_000_000_000;

/** Of sending, over sockets and REST together. */
export class SendingSettings {
  @IntegerVariable({ min: 1, max: MANY, about: 'Messages that a user may send in a second, over all devices.' })
  readonly SENDS_PER_SECOND: number = 20;

  @IntegerVariable({ min: 1, max: MANY, about: 'Messages that a user may send at once after a pause.' })
  readonly SEND_BURST: number = 40;

  @IntegerVariable({ min: 1, max: MANY, about: 'Messages that a conversation takes in a second.' })
  readonly CONVERSATION_SENDS_PER_SECOND: number = 60;
}
