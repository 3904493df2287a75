const LARGEST = 2n ** 63n - 1n;

/**
 * Whether an id fits a bigint column. Ids of up to 19 digits are well formed, so some do not: nothing has them, and
 * asking the database for one would be an error.
 */
export function fitsBigint(id: string): boolean {
  return id.length < 19 || BigInt(id) <= LARGEST;
}
