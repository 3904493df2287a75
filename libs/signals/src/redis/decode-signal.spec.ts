import { describe, expect, it } from 'vitest';
import type { Signal } from '../signals.js';
import { decodeSignal } from './decode-signal.js';

describe('decodeSignal', () => {
  const signals: Signal[] = [
    { type: 'revoked', family: 'family-1' },
    { type: 'replaced', gateway: 'gateway-a:7000', session_id: 'session-1' },
    { type: 'device-removed', generation: 'life-1' },
    { type: 'presence', user_id: '42' },
    { type: 'typing', conversation_id: '7', user_id: '42', typing: true, session_ids: ['session-1', 'session-2'] },
    { type: 'receipt', conversation_id: '7', user_id: '42', session_ids: ['session-1', 'session-2'] },
  ];

  it.each(signals)('reads a signal of type $type', (signal) => {
    expect(decodeSignal(JSON.stringify(signal))).toEqual(signal);
  });

  it.each([
    '',
    'revoked',
    '{"type":"revoked"',
    'null',
    '7',
    '[]',
    '{}',
    '{"type":"revoked"}',
    '{"type":"revoked","family":7}',
    '{"type":"replaced","gateway":"gateway-a:7000"}',
    '{"type":"replaced","session_id":"session-1"}',
    '{"type":"device-removed","generation":null}',
    '{"type":"presence","user_id":42}',
    '{"type":"typing","conversation_id":"7","user_id":"42","typing":"yes","session_ids":[]}',
    '{"type":"typing","conversation_id":"7","user_id":"42","typing":true,"session_ids":[1]}',
    '{"type":"receipt","conversation_id":"7","user_id":"42"}',
    '{"type":"receipt","conversation_id":"7","user_id":"42","session_ids":"session-1"}',
    '{"type":"receipt","conversation_id":7,"user_id":"42","session_ids":[]}',
    '{"type":"toString"}',
    '{"type":"of a later version","family":"family-1"}',
  ])('makes nothing of %j', (message) => {
    expect(decodeSignal(message)).toBeNull();
  });

  it('takes from a signal what it knows, and leaves the rest', () => {
    expect(decodeSignal('{"type":"revoked","family":"family-1","since":7}')).toEqual(signals[0]);
  });
});
