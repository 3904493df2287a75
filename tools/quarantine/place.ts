import type { Position } from '@parley/contracts';

/** Where in the topic of entries a record stands. */
export interface Place {
  partition: number;
  position: Position;
}

const PLACE = /^(\d{1,6})\/(\d{1,9})\/(\d{1,15})$/;

/** Reads `partition/epoch/offset`. Throws an error that says what a place looks like. */
export function parsePlace(text: string): Place {
  const [, partition, epoch, offset] = PLACE.exec(text) ?? [];
  if (partition === undefined)
    throw new Error(`"${text}" is no place: one looks like 7/0/1234, partition/epoch/offset`);
  return { partition: Number(partition), position: { epoch: Number(epoch), offset: Number(offset) } };
}

export function formatPlace({ partition, position: { epoch, offset } }: Place): string {
  return `${partition}/${epoch}/${offset}`;
}
