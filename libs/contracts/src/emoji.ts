import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { check } from './fields.js';
import { isCleanText } from './json-checks.js';
import { EMOJI_BYTES } from './limits.js';

/**
 * What one reacts with: 1 to 32 bytes in UTF-8 without any control character, line breaks and tabs included. Which
 * characters these are is the embedding product's business: a shortcode of its own is as good as an emoji.
 */
export function isEmoji(value: unknown): value is string {
  if (typeof value !== 'string' || !isCleanText(value) || /[\t\n\r]/.test(value)) return false;
  const bytes = Buffer.byteLength(value, 'utf8');
  return bytes >= 1 && bytes <= EMOJI_BYTES;
}

export function EmojiField() {
  const rule = `1 to ${EMOJI_BYTES} bytes in UTF-8 without control characters`;
  return applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: EMOJI_BYTES, description: rule, example: '👍' }),
    check('emoji', `must be ${rule}`, isEmoji),
  );
}
