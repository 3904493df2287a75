import { ERRORS, type ErrorCode } from '@parley/contracts';
import { faultsOfAnswer } from '@parley/harness';

const PREFIX = '/api/v1';

/** What came back for a call. */
export interface CallAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** Codes of a 503 that says what it means; no other status of 500 or more is ever right. */
const TRANSIENT = new Set(['unavailable', 'overloaded', 'draining', 'over_capacity']);

/** What is wrong with an answer to a call; empty where it is as the document and the table of codes say. */
export function judgeAnswer({ method, target }: { method: string; target: string }, answer: CallAnswer): string[] {
  const { status, body: text, headers } = answer;
  const contentType = typeof headers['content-type'] === 'string' ? headers['content-type'] : null;
  if (status >= 500 && status !== 503) return [`answered ${status}: ${text.slice(0, 300)}`];
  const body = text === '' ? null : parse(text);
  if (body === undefined) return [`answered ${status} with what is no JSON: ${text.slice(0, 300)}`];
  const [path] = target.replace(PREFIX, '').split('?');
  const faults = faultsOfAnswer({ method, path, status, contentType, body });
  return status < 400 ? faults : [...faults, ...judgeProblem(answer, (body ?? {}) as Record<string, unknown>)];
}

function judgeProblem({ status, headers }: CallAnswer, problem: Record<string, unknown>): string[] {
  const code = String(problem.code);
  const known = Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode] : null;
  const faults: [boolean, string][] = [
    [known !== null, `has an unknown code ${code}`],
    [known === null || known.status === status, `has a code of another status: ${code}`],
    [status !== 503 || TRANSIENT.has(code), `is a 503 with ${code}`],
    [problem.status === status, `says it is ${String(problem.status)}`],
    [problem.type === `urn:parley:problem:${code}`, `has the type ${String(problem.type)}`],
    [problem.request_id === headers['x-request-id'], 'has another request id than its header'],
    [status !== 401 || headers['www-authenticate'] !== undefined, 'lacks WWW-Authenticate'],
    [status !== 429 || headers['retry-after'] !== undefined, 'lacks Retry-After'],
  ];
  return faults.filter(([holds]) => !holds).map(([, fault]) => `the problem ${fault}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
