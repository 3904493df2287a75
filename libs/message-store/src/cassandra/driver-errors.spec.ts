import { errors, types } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { EngineUnavailable } from '@parley/contracts';
import { translate } from './driver-errors.js';

const { responseErrorCodes: codes } = types;

describe('what becomes of an error of the driver', () => {
  const invalid = new errors.ResponseError(codes.invalid, 'no such column');
  const timeout = new errors.OperationTimedOutError('no answer', '127.0.0.1:9042');

  it.each([
    ['a timeout', timeout],
    ['an overloaded node', new errors.ResponseError(codes.overloaded, 'too much')],
    ['a quorum that is not there', new errors.ResponseError(codes.unavailableException, 'one of two')],
    ['a write whose outcome is unknown', new errors.ResponseError(codes.writeTimeout, 'one of two')],
    ['a node without connections, not known to be down yet', new Error('No connection available')],
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ])('%s is unavailable, with the operation and the cause', (_, error) => {
    const translated = translate('read a head', error);
    expect(translated).toBeInstanceOf(EngineUnavailable);
    expect(translated).toMatchObject({ engine: 'cassandra', cause: error });
    expect(translated.message).toContain('read a head');
  });

  it.each([
    ['an invalid statement', invalid],
    ['a right that is missing', new errors.ResponseError(codes.unauthorized, 'not yours')],
    ['an unknown data centre', new errors.ArgumentError('only found [dc1]')],
    ['a value of the wrong type', new TypeError('expected a number')],
    ['anything that is not the engine’s', new Error('a bug')],
    ['what was translated already', new EngineUnavailable('cassandra', 'connect', timeout)],
  ])('%s stays what it is', (_, error) => {
    expect(translate('read a head', error)).toBe(error);
  });

  it.each([
    ['a: no answer; b: Host considered as DOWN', { a: timeout, b: 'Host considered as DOWN' }],
    ['a: no such column; b: no answer', { a: invalid, b: timeout }],
    ['a: No connection available', { a: new Error('No connection available') }],
    ['no node is up', {}],
  ])('a ring of which no node answers is unavailable: %s', (line, innerErrors) => {
    const translated = translate('read a head', new errors.NoHostAvailableError(innerErrors));
    expect(translated).toBeInstanceOf(EngineUnavailable);
    expect(translated.message).toBe(`cassandra is not available (read a head): ${line}`);
  });

  it('wrong credentials are what all nodes say, not that none is there', () => {
    const refused = new errors.AuthenticationError('wrong password');
    expect(translate('connect', new errors.NoHostAvailableError({ a: refused, b: refused }))).toBe(refused);
  });
});
