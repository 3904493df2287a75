import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './authorisation/ask.js';
import {
  DIRECT,
  DIRECT_ROLES,
  GROUP,
  GROUP_ROLES,
  OWN,
  OWN_ROLES,
  PAIR,
  PAIR_ROLES,
  PUBLIC,
  type Row,
} from './authorisation/matrix.js';
import { GroupStage, PairStage, type Scene, type Stage } from './authorisation/scenes.js';
import { eventsOfTheGateway, routesOfTheApi } from './authorisation/surface.js';
import { serverUnderTest } from './server-under-test.js';

const server = serverUnderTest();

/** Every cell of a table is asked at once; the row stands in the name of its test. */
function itAnswers(rows: readonly Row[], roles: readonly string[], open: () => Promise<Stage> | Stage): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await open();
  });
  afterAll(() => stage.leave());

  it.each(rows.map((row): [string, Row] => [row.slice(0, 2).join(' on '), row]))('%s', async (_name, row) => {
    const asExpected = row[2].split(' ');
    expect(asExpected).toHaveLength(roles.length);
    const cells = await Promise.all(
      roles.map(async (role, index) => {
        const expected = asExpected[index];
        // What is refused or only read leaves everything as it was.
        const isKept = expected !== 'yes' || row[0].startsWith('GET ');
        const { answer, content } = await ask(server.url, row, await stage.set(role, row[1], isKept));
        return { role, answer, ...(answer === expected ? {} : { content }) };
      }),
    );
    expect(cells).toEqual(roles.map((role, index) => ({ role, answer: asExpected[index] })));
  });
}

describe('In a group', () => {
  itAnswers(GROUP, GROUP_ROLES, () => GroupStage.open(server.url));
});

describe('In a direct conversation', () => {
  itAnswers(DIRECT, DIRECT_ROLES, () => new PairStage(server.url));
});

describe('About another user', () => {
  itAnswers(PAIR, PAIR_ROLES, () => new PairStage(server.url));
});

describe('About oneself', () => {
  itAnswers(OWN, OWN_ROLES, () => new PairStage(server.url));
});

describe('Absent, foreign and deleted groups', () => {
  let stage: GroupStage;
  let scenes: Scene[];
  beforeAll(async () => {
    stage = await GroupStage.open(server.url);
    scenes = await stage.setAbsent();
  });
  afterAll(() => stage.leave());
  const actions = new Map(GROUP.map((row) => [row[0], row]));
  const refused = [...actions].filter(([, row]) => row[2].includes('404'));

  it.each(refused)('are not told apart by %s', async (_action, row) => {
    const answers = await Promise.all(scenes.map((scene) => ask(server.url, row, scene)));
    expect(new Set(answers.map(({ answer }) => answer))).toEqual(new Set(['404']));
    for (const { content } of answers) expect(content).toEqual(answers[0].content);
  });
});

describe('The matrix', () => {
  const rows = [...GROUP, ...DIRECT, ...PAIR, ...OWN];

  it('has a row for every route and event, and none for what is not there', () => {
    const surface = [...routesOfTheApi(), ...eventsOfTheGateway()];
    expect(surface.length).toBeGreaterThan(20);
    expect([...new Set(rows.map(([action]) => action))].sort()).toEqual(surface.sort());
  });

  it('is about the routes that the server describes', async () => {
    const response = await fetch(`${server.url}/openapi.json`);
    const { paths } = (await response.json()) as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    );
    expect(described.sort()).toEqual(routesOfTheApi().sort());
  });

  it.each(PUBLIC)('leaves %s at %d to everybody', async (path, status) => {
    expect((await fetch(`${server.url}${path}`)).status).toBe(status);
  });
});
