import { pointer, PublishedDocument } from './published-document.js';

interface Responses {
  [status: string]: { $ref?: string; content?: Record<string, object> };
}

interface OpenApi {
  paths: Record<string, Record<string, { responses: Responses }>>;
  components: { responses: Responses };
}

/** An answer as it came. */
export interface AnswerToCheck {
  method: string;
  /** Below /api/v1, without the query. */
  path: string;
  status: number;
  contentType: string | null;
  /** Parsed; null where there was none. */
  body: unknown;
}

const PREFIX = '/api/v1';
let openApi: PublishedDocument<OpenApi> | null = null;

/** What is wrong with an answer by docs/openapi.json: an undeclared status, code or field, a body of another shape. */
export function faultsOfAnswer({ method, path, status, contentType, body }: AnswerToCheck): string[] {
  openApi ??= new PublishedDocument<OpenApi>('openapi.json');
  const place = placeOf(openApi.content, method.toLowerCase(), path, status);
  const answer = `${method} ${path} answered ${status}`;
  if (place === 'nowhere') return [];
  if (place === 'undeclared') return [`${answer}, which is not declared: ${JSON.stringify(body)}`];
  const [media] = Object.keys(place.content ?? {});
  if (media === undefined) return body === null ? [] : [`${answer} with a body, where none is declared`];
  const [type = ''] = (contentType ?? '').split(';');
  if (type !== media) return [`${answer} with ${type}, declared is ${media}`];
  const schema = `${place.pointer}/content/${pointer(media, 'schema').slice(2)}`;
  return openApi.faultsOf(body, schema).map((fault) => `${answer}, and ${fault}`);
}

type Place = { pointer: string; content?: Record<string, object> };

function placeOf(document: OpenApi, method: string, path: string, status: number): Place | 'nowhere' | 'undeclared' {
  const template = templateOf(document, method, path);
  // No route of ours: there the HTTP edge answers, the same for everything.
  if (template === null) return status === 404 ? componentOf(document, 'not_found') : 'nowhere';
  const response = document.paths[template][method].responses[status];
  if (!response) return 'undeclared';
  const named = response.$ref?.split('/').at(-1);
  if (named !== undefined) return componentOf(document, named);
  return { pointer: pointer('paths', template, method, 'responses', String(status)), content: response.content };
}

function componentOf({ components }: OpenApi, name: string): Place {
  return { pointer: pointer('components', 'responses', name), content: components.responses[name].content };
}

/** `/users/me` is itself before it is a `/users/{user_id}`. */
function templateOf({ paths }: OpenApi, method: string, path: string): string | null {
  const fitting = Object.keys(paths).filter((template) => method in paths[template] && fits(template, PREFIX + path));
  return fitting.sort((a, b) => parametersIn(a) - parametersIn(b))[0] ?? null;
}

function fits(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((step, i) => step === given[i] || (step.startsWith('{') && given[i] !== ''))
  );
}

const parametersIn = (template: string): number => template.split('{').length;
