import type { Client, Host } from 'cassandra-driver';
import { EngineUnavailable } from '@parley/contracts';

/** A change of the schema takes its time on a small or busy ring. */
const TIMEOUT_MS = 15_000;

/**
 * Runs one statement that changes the schema and waits until all nodes that are up agree on the outcome. It must be
 * repeatable (`IF NOT EXISTS`). All processes send theirs to the same node, the first by address, which runs them one after
 * the other: two nodes that create one table at once would give it two identities.
 */
export async function changeSchema(client: Client, cql: string): Promise<void> {
  const { info } = await client.execute(cql, [], { host: firstNode(client), readTimeout: TIMEOUT_MS });
  // The driver waits for the agreement and documents this field, but does not declare it.
  if ((info as { isSchemaInAgreement?: boolean }).isSchemaInAgreement) return;
  throw new EngineUnavailable('cassandra', 'change the schema', 'the nodes do not agree on it yet');
}

function firstNode(client: Client): Host | undefined {
  const nodes = client.getState().getConnectedHosts();
  return nodes.toSorted((one, other) => (one.address < other.address ? -1 : 1))[0];
}
