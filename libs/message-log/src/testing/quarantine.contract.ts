import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Quarantine, QuarantinedRecord } from '../quarantine.js';

/** An empty quarantine. */
export interface QuarantineUnderTest {
  quarantine: Quarantine;
  /** Opens what a process that is killed right now leaves behind. */
  afterKill(): Promise<QuarantineUnderTest>;
  close(): Promise<void>;
}

/** What every quarantine does. */
export function quarantineContract(name: string, open: () => Promise<QuarantineUnderTest>): void {
  describe(`${name} as a quarantine`, () => {
    let opened: QuarantineUnderTest[];
    let quarantine: Quarantine;

    beforeEach(async () => {
      const under = await open();
      opened = [under];
      quarantine = under.quarantine;
    });

    afterEach(async () => {
      for (const one of opened) await one.close();
    });

    const places = async (partition: number, from: number, to: number, topic = TOPIC) => {
      const positions = await quarantine.within(topic, partition, at(from), at(to));
      return positions.map((position) => position.offset);
    };

    it('keeps a record whole, for people', async () => {
      const record = recordAt(3, 17);
      await quarantine.add(record);
      expect(await kept(quarantine)).toEqual([record]);
    });

    it('finds the quarantined places of a partition between two positions, both included, ascending', async () => {
      for (const offset of [12, 5, 9, 100, 1]) await quarantine.add(recordAt(0, offset));
      expect(await places(0, 5, 12)).toEqual([5, 9, 12]);
      expect(await places(0, 0, 4)).toEqual([1]);
      expect(await places(0, 13, 99)).toEqual([]);
    });

    it('keeps partitions, topics and lane epochs apart', async () => {
      await quarantine.add(recordAt(0, 5));
      await quarantine.add({ ...recordAt(0, 7), position: { epoch: 1, offset: 7 } });
      expect(await places(1, 0, 100)).toEqual([]);
      expect(await places(0, 0, 100, 'another.topic')).toEqual([]);
      expect(await places(0, 0, 100)).toEqual([5]);
      expect(await quarantine.within(TOPIC, 0, at(0), { epoch: 1, offset: 100 })).toEqual([
        { epoch: 0, offset: 5 },
        { epoch: 1, offset: 7 },
      ]);
    });

    it('changes nothing when a replay adds a record again', async () => {
      await quarantine.add(recordAt(0, 5));
      await quarantine.add({ ...recordAt(0, 5), reason: 'another reason' });
      expect(await kept(quarantine)).toEqual([recordAt(0, 5)]);
    });

    it('finds the record of one place, and nothing where none is', async () => {
      for (const offset of [4, 5, 6]) await quarantine.add(recordAt(0, offset));
      const found = await quarantine.find(TOPIC, 0, at(5));
      expect(found && { ...found, value: new Uint8Array(found.value) }).toEqual(recordAt(0, 5));
      expect(await quarantine.find(TOPIC, 0, at(7))).toBeNull();
      expect(await quarantine.find(TOPIC, 1, at(5))).toBeNull();
      expect(await quarantine.find('another.topic', 0, at(5))).toBeNull();
    });

    it('lists the oldest first, as many as were asked for', async () => {
      for (const offset of [9, 3, 6]) await quarantine.add(recordAt(0, offset));
      const listed = await quarantine.list(2);
      expect(listed.map((record) => record.position.offset)).toEqual([9, 3]);
    });

    it('counts each record once', async () => {
      expect(await quarantine.count()).toBe(0);
      for (const offset of [9, 3, 9]) await quarantine.add(recordAt(0, offset));
      await quarantine.add(recordAt(1, 3));
      expect(await quarantine.count()).toBe(3);
    });

    it('has after a kill what it said it took', async () => {
      await quarantine.add(recordAt(0, 5));
      const revived = await opened[0].afterKill();
      opened.push(revived);
      quarantine = revived.quarantine;
      expect(await places(0, 0, 100)).toEqual([5]);
      await quarantine.add(recordAt(0, 6));
      expect((await quarantine.list(10)).map((record) => record.position.offset)).toEqual([5, 6]);
    });
  });
}

const TOPIC = 'conversations.entries';

function at(offset: number) {
  return { epoch: 0, offset };
}

function recordAt(partition: number, offset: number): QuarantinedRecord {
  const value = new Uint8Array([0, 255, offset]);
  return { topic: TOPIC, partition, position: at(offset), key: '7', value, reason: 'not JSON in UTF-8' };
}

/** Engines give bytes back as one class or another. */
async function kept(quarantine: Quarantine): Promise<QuarantinedRecord[]> {
  const records = await quarantine.list(10);
  return records.map((record) => ({ ...record, value: new Uint8Array(record.value) }));
}
