import { Controller, Logger } from '@nestjs/common';
import { MessagePattern, Payload, RpcException, Transport } from '@nestjs/microservices';
import { LinkReceiver, type LinkFrame } from '../gateway-link.js';
import { SparseLog } from './sparse-log.js';

/** What a frame is sent under. */
export const FRAME_PATTERN = 'frame';

/** Takes the frames that come in on the link, from peers that have shown their token. */
@Controller()
export class LinkController {
  private readonly log = new SparseLog(new Logger(LinkController.name));

  constructor(private readonly receiver: LinkReceiver) {}

  /** Answers when the frame is taken. */
  @MessagePattern(FRAME_PATTERN, Transport.TCP)
  take(@Payload() frame: unknown): true {
    if (!isLinkFrame(frame)) {
      this.log.warn('refused a frame of another shape: do all processes run the same version?');
      throw new RpcException('not a frame');
    }
    this.receiver.take(frame);
    return true;
  }
}

/**
 * As far as the receiver would stumble over what is missing: whoever has the token is one of us, but it may be of another
 * version, and what throws between two deliveries would end them all.
 */
function isLinkFrame(value: unknown): value is LinkFrame {
  if (!isObject(value)) return false;
  const { pushes, verdicts, heads, compare } = value;
  return (
    isListOf(pushes, isPush) && isListOf(verdicts, isObject) && isListOf(heads, isHead) && typeof compare === 'boolean'
  );
}

function isPush(value: unknown): boolean {
  return isHead(value) && isObject(value.entry) && typeof value.bytes === 'number';
}

function isHead(value: unknown): value is Record<string, unknown> {
  return isObject(value) && Array.isArray(value.session_ids);
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
