import { describe, expect, it } from 'vitest';
import { encodeMessage, MAX_MESSAGE_BYTES, MessageReader } from './message-framing.js';

const MESSAGES = [{ id: 1 }, {}, { text: 'nümber 🦜' }, { list: [1, [2]] }];
const STREAM = Buffer.concat(MESSAGES.map(encodeMessage));

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

describe('messages on a stream', () => {
  it('are found wherever the stream is cut', () => {
    for (let size = 1; size <= STREAM.length; size++) {
      const reader = new MessageReader();
      const found: object[] = [];
      for (let at = 0; at < STREAM.length; at += size) found.push(...reader.read(STREAM.subarray(at, at + size)));
      expect(found).toEqual(MESSAGES);
    }
  });

  it('are refused when they are announced as larger than the largest', () => {
    expect([...new MessageReader().read(lengthOf(MAX_MESSAGE_BYTES))]).toEqual([]);
    expect(() => [...new MessageReader().read(lengthOf(MAX_MESSAGE_BYTES + 1))]).toThrow(/announced/);
    expect(() => encodeMessage({ text: 'x'.repeat(MAX_MESSAGE_BYTES) })).toThrow(/too large/);
  });

  it('are refused when they are no JSON objects, by an error that quotes nothing of them', () => {
    for (const json of ['', 'null', '7', '"secret"', '{"text":"secret"', 'secret']) {
      const stream = Buffer.concat([lengthOf(json.length), Buffer.from(json)]);
      expect(() => [...new MessageReader().read(stream)]).toThrow(/^A message is no JSON object$/);
    }
  });
});
