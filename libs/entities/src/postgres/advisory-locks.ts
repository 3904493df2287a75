/**
 * Advisory locks of the product in its database, as the two keys of `pg_advisory_lock(int, int)`: the first says that
 * they are ours ("PRLY"), the second which one it is.
 */
export const ADVISORY_LOCKS = {
  migrations: [0x50524c59, 1],
  outboxRelay: [0x50524c59, 2],
  operators: [0x50524c59, 3],
};
