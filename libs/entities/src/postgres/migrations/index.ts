import { FirstSchema1767225600000 } from './1767225600000-first-schema.js';
import { BlocksAndMutes1769904000000 } from './1769904000000-blocks-and-mutes.js';
import { DeviceLabels1772323200000 } from './1772323200000-device-labels.js';
import { Operators1773532800000 } from './1773532800000-operators.js';
import { ConversationsOfAUser1774915200000 } from './1774915200000-conversations-of-a-user.js';

/** Every migration, oldest first. A migration that was released is never changed. */
export const MIGRATIONS = [
  FirstSchema1767225600000,
  BlocksAndMutes1769904000000,
  DeviceLabels1772323200000,
  Operators1773532800000,
  ConversationsOfAUser1774915200000,
];
