import fc from 'fast-check';
import { limits } from '@parley/contracts';
import type { Attack } from '../attack.js';
import type { Target } from '../target.js';
import type { World } from '../world.js';
import { AttackSessions } from './attack-sessions.js';
import { events, readSocketFace, type FuzzEvent } from './events.js';
import { judgeAcknowledgement } from './judge-answer.js';

const AT_ONCE = 16;
/** Of a frame, beside the event's name and payloads. */
const FRAMING_BYTES = 30;

/** Events from several sessions at once: each is answered, with a code that is known, and no session dies of one. */
export async function attackEvents(target: Target, world: World): Promise<Attack> {
  const sessions = new AttackSessions(target.url, world);
  const face = await readSocketFace(target.url);
  let thrown = 0;

  const faultOf = async ({ session: index, event, payloads, isKnown }: FuzzEvent): Promise<string | null> => {
    thrown++;
    const session = await sessions.get(index);
    try {
      const fault = judgeAcknowledgement(
        isKnown ? (JSON.parse(event) as string) : null,
        await session.ask(event, payloads),
      );
      return fault === null ? null : `the answer ${fault}`;
    } catch (error) {
      // The server may end a session, but has to say why.
      if (session.closing !== null) return null;
      await sessions.drop(index);
      return `${String(error)}; the connection ${session.isOpen ? 'stands' : 'has ended without a word'}`;
    }
  };

  const fitting = events(face, world.names, sessions.count).filter(fits);
  return {
    cases: fc.asyncProperty(fc.array(fitting, { minLength: 1, maxLength: AT_ONCE }), async (batch) => {
      const faults = await Promise.all(
        batch.map(async (one) => {
          const fault = await faultOf(one);
          return fault === null ? [] : [`${one.event} ${one.payloads.join(', ').slice(0, 300)}: ${fault}`];
        }),
      );
      const all = [...faults.flat(), ...(await target.complaints())];
      if (all.length > 0) throw new Error(all.join('\n'));
    }),
    thrown: () => thrown,
    show: (batch: FuzzEvent[]) =>
      batch.map(({ session, event, payloads }) => `session ${session}: [${[event, ...payloads].join(',')}]`),
    close: () => sessions.dropAll(),
  };
}

/** What is larger than a frame may be ends its connection. */
function fits({ event, payloads }: FuzzEvent): boolean {
  const bytes = [event, ...payloads].reduce((sum, text) => sum + Buffer.byteLength(text) + 1, FRAMING_BYTES);
  return bytes <= limits.FRAME_BYTES;
}
