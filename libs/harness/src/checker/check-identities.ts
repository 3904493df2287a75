import type { Observations, Violation } from './observations.js';

interface Naming {
  conversation: string;
  seq: number;
  messageId: string;
  sender: string;
  key: string | null;
}

/** I4: seq, message id and key name each other one to one, over acknowledgements, deliveries and history. */
export function checkIdentities(observations: Observations): Violation[] {
  const names = new OneToOne();
  const violations: Violation[] = [];
  for (const naming of everyNaming(observations)) {
    const { conversation, seq, messageId, sender, key } = naming;
    const place = `${conversation}/${seq}`;
    const pairs: [string, string][] = [
      [`seq ${place}`, `id ${messageId}`],
      ...(key === null
        ? []
        : ([[`seq ${place}`, `key ${conversation}/${sender}/${key}`]] satisfies [string, string][])),
    ];
    for (const [one, other] of pairs) {
      if (!names.join(one, other)) {
        violations.push({ promise: 'I4', conversation, detail: `${one} and ${other} are also paired with others` });
      }
    }
  }
  return violations;
}

function* everyNaming({ sends, devices, conversations, reads }: Observations): Generator<Naming> {
  for (const { conversation, sender, key, outcome } of sends) {
    if (outcome.result === 'accepted') {
      yield { conversation, sender, key, seq: outcome.seq, messageId: outcome.messageId };
    }
  }
  for (const { history } of conversations) yield* history;
  for (const { shown } of devices) yield* shown;
  for (const { entries } of reads) yield* entries;
}

/** A relation in which each name has one partner of each kind. */
class OneToOne {
  private readonly partners = new Map<string, string>();

  /** false where either has another partner of that kind already. */
  join(one: string, other: string): boolean {
    return this.claim(one, other) && this.claim(other, one);
  }

  private claim(name: string, partner: string): boolean {
    const slot = `${name} > ${partner.slice(0, partner.indexOf(' '))}`;
    const present = this.partners.get(slot);
    if (present === undefined) this.partners.set(slot, partner);
    return present === undefined || present === partner;
  }
}
