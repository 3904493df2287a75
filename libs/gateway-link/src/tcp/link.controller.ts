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

/** The outline only: whoever has the token is one of us, and a frame may hold a thousand entries. */
function isLinkFrame(value: unknown): value is LinkFrame {
  if (typeof value !== 'object' || value === null) return false;
  const { pushes, verdicts, heads, compare } = value as Partial<Record<keyof LinkFrame, unknown>>;
  return [pushes, verdicts, heads].every(Array.isArray) && typeof compare === 'boolean';
}
