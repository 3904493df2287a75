import { errors, types } from 'cassandra-driver';

const INVALID: number = types.responseErrorCodes.invalid;

/**
 * Null where the ring does not know the keyspace or table that a statement names. Asking for the thing itself is the only
 * safe way: the schema tables list what is still being created.
 */
export async function ifItExists<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof errors.ResponseError && error.code === INVALID) return null;
    throw error;
  }
}
