import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.js';

describe('The arguments of npm run cluster', () => {
  it('are two gateways, two routers and one api on port 3000 where nothing is said', () => {
    expect(parseArguments([])).toEqual({ gateways: 2, routers: 2, apis: 1, port: 3000 });
  });

  it('name other numbers', () => {
    expect(parseArguments(['--gateways', '3', '--apis', '2', '--port', '0'])).toEqual({
      gateways: 3,
      routers: 2,
      apis: 2,
      port: 0,
    });
  });

  it.each([
    ['--gateways', '0'],
    ['--routers', '17'],
    ['--apis', 'two'],
    ['--port', '65536'],
    ['--port', '-1'],
  ])('are refused: %s %s', (name, value) => {
    expect(() => parseArguments([`${name}=${value}`])).toThrow(`${name} takes a number from`);
  });

  it('are refused where nobody knows them', () => {
    expect(() => parseArguments(['--nodes', '3'])).toThrow('--nodes');
  });
});
