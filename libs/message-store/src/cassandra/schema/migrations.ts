import { FIRST_SCHEMA } from './first-schema.js';

/** A step of the schema. Its statements are repeatable, since a process may die between any two of them. */
export interface Migration {
  version: number;
  name: string;
  statements: readonly string[];
}

/** In order; what was released is never changed, only followed. */
export const MIGRATIONS: readonly Migration[] = [{ version: 1, name: 'first schema', statements: FIRST_SCHEMA }];
