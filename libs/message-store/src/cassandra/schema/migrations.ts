import { DELETION_AND_BLOCKS } from './deletion-and-blocks.js';
import { FIRST_SCHEMA } from './first-schema.js';
import { REACTIONS } from './reactions.js';

/** A step of the schema. Its statements are repeatable, since a process may die between any two of them. */
export interface Migration {
  version: number;
  name: string;
  statements: readonly string[];
}

/** In order; what was released is never changed, only followed. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, name: 'first schema', statements: FIRST_SCHEMA },
  { version: 2, name: 'reactions', statements: [REACTIONS] },
  { version: 3, name: 'deletion and blocks', statements: DELETION_AND_BLOCKS },
];
