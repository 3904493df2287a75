import { ERRORS, type ErrorCode } from '@parley/contracts';
import { mismatches } from '../values/matches-schema.js';
import type { SchemaDocument } from '../values/schema.js';
import type { Operation } from './operations.js';

/** What came back for a call. */
export interface CallAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** Codes of a 503 that says what it means; no other status of 500 or more is ever right. */
const TRANSIENT = new Set(['unavailable', 'overloaded', 'draining', 'over_capacity']);

/** What is wrong with an answer; empty where it is as the document and the table of codes say. */
export function judgeAnswer(document: SchemaDocument, operation: Operation, answer: CallAnswer): string[] {
  const { status, body, headers } = answer;
  if (status > 500 && status !== 503) return [`answered ${status}: ${body.slice(0, 300)}`];
  if (status === 500) return [`broke: ${body.slice(0, 300)}`];
  const schema = operation.answers.get(status);
  const declared =
    schema === undefined ? [`answered with a status that is not declared: ${status} ${body.slice(0, 300)}`] : [];
  if (status === 204) return [...declared, ...(body === '' ? [] : ['answered 204 with a body'])];
  const parsed = parse(body);
  if (parsed === undefined) return [...declared, `answered ${status} with what is no JSON: ${body.slice(0, 300)}`];
  const shape = schema ? mismatches(document, schema, parsed) : [];
  const problem = status >= 400 ? judgeProblem(status, headers, parsed as Record<string, unknown>) : [];
  return [...declared, ...shape, ...problem].map((fault) => `${status}: ${fault}`);
}

function judgeProblem(status: number, headers: CallAnswer['headers'], problem: Record<string, unknown>): string[] {
  const code = String(problem.code);
  const known = Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode] : null;
  const faults: [boolean, string][] = [
    [known !== null, `has an unknown code ${code}`],
    [known === null || known.status === status, `has a code of another status: ${code}`],
    [status !== 503 || TRANSIENT.has(code), `is a 503 with ${code}`],
    [problem.status === status, `says it is ${String(problem.status)}`],
    [problem.type === `urn:parley:problem:${code}`, `has the type ${String(problem.type)}`],
    [
      String(headers['content-type']).startsWith('application/problem+json'),
      `comes as ${String(headers['content-type'])}`,
    ],
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
