import { HttpStatus } from '@nestjs/common';
import type { SentView } from '@parley/contracts';
import type { Submittal } from '@parley/sending';
import type { Response } from 'express';
import { unwrap } from '../http/unwrap.js';

/** 201 for an entry that is new, 200 with the first one's answer for an attempt that repeats it. */
export function answerSent(submittal: Submittal, response: Response): SentView {
  const { repeated, message_id, client_msg_id, seq, sent_at } = unwrap(submittal);
  response.status(repeated ? HttpStatus.OK : HttpStatus.CREATED);
  return { message_id, client_msg_id, seq, sent_at };
}
