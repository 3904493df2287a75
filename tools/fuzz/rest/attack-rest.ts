import fc from 'fast-check';
import type { Attack } from '../attack.js';
import type { Target } from '../target.js';
import { SchemaDocument } from '../values/schema.js';
import type { World } from '../world.js';
import { calls, type Call } from './calls.js';
import { HttpClient } from './http.js';
import { judgeAnswer } from './judge-answer.js';
import { operationsOf, type OpenApiDocument } from './operations.js';

const AT_ONCE = 12;

/** Calls made from the server's own OpenAPI document, several at once, each answer held against the document. */
export async function attackRest(target: Target, { names, attackers }: World): Promise<Attack> {
  const answer = await fetch(`${target.url}/openapi.json`);
  const openApi = (await answer.json()) as OpenApiDocument;
  const document = new SchemaDocument(openApi);
  const tokens = attackers.map(({ api }) => api.accessToken);
  const client = new HttpClient(target.port);
  let thrown = 0;

  const faultsOf = async (call: Call): Promise<string[]> => {
    thrown++;
    const faults = await client.send(call).then(
      (one) => judgeAnswer(call, one),
      (error: unknown) => [`failed: ${String(error)}`],
    );
    return faults.map((fault) => `${call.method} ${call.target} ${fault}`);
  };

  const some = fc.array(calls(operationsOf(openApi), { document, names, tokens }), {
    minLength: 1,
    maxLength: AT_ONCE,
  });
  return {
    cases: fc.asyncProperty(some, async (batch) => {
      const faults = (await Promise.all(batch.map(faultsOf))).flat();
      faults.push(...(await target.complaints()));
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }),
    thrown: () => thrown,
    show: (batch: Call[]) => batch.map(shown),
    close: () => client.close(),
  };
}

/** Without the token, which is another one the next time. */
function shown({ method, target, headers, body }: Call): string {
  const authorization = headers.authorization?.slice(0, 12);
  return `${method} ${target} ${JSON.stringify({ ...headers, authorization })} ${body ?? ''}`;
}
