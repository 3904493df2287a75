import { randomBytes } from 'node:crypto';

type Frame = string | Uint8Array;

/** Frames that no client library sends. Whether the connection survives each of them is the server's choice. */
export const FRAMES: Record<string, Frame[]> = {
  'empty and unknown Engine.IO types': ['', '5', '6', '7', '9', 'x', '\u{1F600}', '{"json":true}', 'GET / HTTP/1.1'],
  'heartbeats out of turn': ['2', '2probe', '3', '3probe', '33333'],
  'an Engine.IO close': ['1'],
  'empty and unknown Socket.IO types': ['4', '47', '49', '4x', '4\u0000', '4'.repeat(60_000)],
  'malformed CONNECTs': ['40', '40garbage', '40{', '40null', '40[]', '40"x"', '40{}', '40{"token":{}}'],
  'CONNECTs to other namespaces': ['40/admin,{}', '40//,', `40/${'a'.repeat(10_000)},`, '42/admin,["x",{}]', '40/,'],
  'malformed EVENTs': ['42', '42[]', '42{}', '42null', '42["x"', '42[{}]', '42[null]', '42[["x"]]', '42"x"'],
  'odd acknowledgement ids': [
    '42-1["message:ack",{"positions":{}}]',
    '4299999999999999999999["message:ack",{"positions":{}}]',
    '421e3["message:ack",{}]',
    '420x1["message:ack",{}]',
    '42 7["message:ack",{}]',
  ],
  'acknowledgements nobody asked for': ['43', '430[]', '43999[1]', '43-1[]', '430{}', '43null', '430["x",{}]'],
  'CONNECT_ERRORs from a client': ['44', '44{"message":"x"}', '44"x"'],
  'reserved event names': [
    '42["connect",{}]',
    '42["connect_error",{}]',
    '42["disconnect"]',
    '42["disconnecting"]',
    '42["newListener",{}]',
    '42["removeListener",{}]',
    '42["error",{"message":"x"}]',
  ],
  'malformed binary EVENTs': ['45', '451-', '45-1-["x"]', '459999999-["x"]', '45x-["x"]', '451.5-["x"]', '461-1[{}]'],
  'a binary EVENT without its attachment': ['451-["x",{"_placeholder":true,"num":0}]', '42["x"]'],
  'a binary EVENT with a wrong attachment': ['451-["x",{"_placeholder":true,"num":7}]', randomBytes(10)],
  'a binary EVENT with an attachment': ['451-["message:send",{"_placeholder":true,"num":0}]', randomBytes(10)],
  'a binary acknowledgement': ['461-3[{"_placeholder":true,"num":0}]', randomBytes(10)],
  'binary frames': [new Uint8Array(0), randomBytes(1), Buffer.from('42["x"]'), randomBytes(60_000)],
  'very deep JSON': [`42["message:send",${'['.repeat(30_000)}`, `42["x",${'['.repeat(20_000)}${']'.repeat(20_000)}]`],
  'a DISCONNECT, and what follows it': ['41', '42["message:ack",{"positions":{}}]', '40{}'],
};

/** More than the frame limit of 65,536 bytes: closes the connection. */
export const TOO_LARGE: Record<string, Frame> = {
  'a text frame': `42["message:send",{"text":"${'x'.repeat(70_000)}"}]`,
  'a text frame with no sense': 'x'.repeat(1_000_000),
  'a binary frame': Buffer.alloc(70_000),
};

/** What follows an accepted upgrade, in bytes that break the WebSocket protocol itself (RFC 6455, section 5). */
export const WEBSOCKET_BYTES: Record<string, number[]> = {
  'an unmasked frame': [0x81, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f],
  'reserved bits': [0xf1, 0x80, 1, 2, 3, 4],
  'a reserved opcode': [0x8b, 0x80, 1, 2, 3, 4],
  'a length of 2^63': [0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4],
  'text that is not UTF-8': [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe],
  'a fragmented ping': [0x09, 0x80, 1, 2, 3, 4],
  'a continuation of nothing': [0x80, 0x80, 1, 2, 3, 4],
  'a close with half a code': [0x88, 0x81, 0, 0, 0, 0, 3],
  'a close with a forbidden code': [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed],
  'a frame that never ends': [0x81, 0xfe, 0x7f, 0xff, 0, 0, 0, 0, 0x34],
};
