import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { isCleanText } from './json-checks.js';
import { MAX_MENTIONS, MESSAGE_BYTES } from './limits.js';

export const ID = /^[1-9][0-9]{0,18}$/;
/** Of any version and variant: what counts is that it does not come twice. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const DEVICE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const CONTENT_KEYS: Record<string, string> = { text: 'text', custom: 'data' };

type Options = { optional?: boolean; description?: string; each?: boolean };

/** Optional on the wire means: left out or null. Both become null or undefined, never a fault. */
const presence = ({ optional }: Options) => (optional ? [IsOptional()] : []);

/** A decimal id string: a JSON number where an id is due is a fault, since it may already be rounded. */
export function IdField(options: Options = {}) {
  const message = 'must be an id: a string of 1 to 19 digits';
  return applyDecorators(
    ApiProperty({
      type: String,
      pattern: ID.source,
      ...(options.optional ? {} : { example: '7234982347239424' }),
      required: !options.optional,
      nullable: options.optional,
      description: options.description,
    }),
    ...presence(options),
    Matches(ID, { message: `$property ${message}` }),
  );
}

export function IdListField(max: number, options: Options = {}) {
  return applyDecorators(
    ApiProperty({
      type: [String],
      maxItems: max,
      required: !options.optional,
      description: options.description,
    }),
    ...presence(options),
    IsArray({ message: '$property must be a list of ids' }),
    ArrayMaxSize(max, { message: `$property must hold at most ${max} ids` }),
    Matches(ID, { each: true, message: '$property must hold ids: strings of 1 to 19 digits' }),
  );
}

export const MentionsField = () =>
  IdListField(MAX_MENTIONS, { optional: true, description: 'User ids; unknown ones are kept without effect.' });

/** A client's own name for one attempt: a UUID, compared in lower case. */
export function ClientMessageIdField() {
  return applyDecorators(
    ApiProperty({ type: String, format: 'uuid', example: '0f9c1d6e-7e0b-4a55-9d2b-0d8f6c1f1a11' }),
    Matches(UUID, { message: '$property must be a UUID' }),
  );
}

export function SeqField(options: Options & { min?: number; max?: number } = {}) {
  const min = options.min ?? 0;
  const max = options.max ?? Number.MAX_SAFE_INTEGER;
  return applyDecorators(
    ApiProperty({
      type: 'integer',
      minimum: min,
      ...(options.max === undefined ? {} : { maximum: max }),
      required: !options.optional,
      description: options.description,
    }),
    ...presence(options),
    IsInt({ message: '$property must be an integer' }),
    Min(min, { message: `$property must be at least ${min}` }),
    Max(max, { message: `$property must be at most ${max}` }),
  );
}

/** Text of `min` to `max` characters (code points), free of control characters and lone surrogates. */
export function TextField(min: number, max: number, options: Options = {}) {
  return applyDecorators(
    ApiProperty({
      type: String,
      minLength: min,
      maxLength: max,
      required: !options.optional,
      nullable: options.optional,
      description: options.description,
    }),
    ...presence(options),
    check('text', `must be text of ${min} to ${max} characters`, (value) => {
      if (typeof value !== 'string' || !isCleanText(value)) return false;
      const length = [...value].length;
      return length >= min && length <= max;
    }),
  );
}

const RFC_3339 = /^(\d{4}-\d\d-\d\d)T(?!24)\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** `Date.parse` moves the 30th of February into March; a day that is in the calendar stays where it is. */
function isMoment(text: string): boolean {
  const day = RFC_3339.exec(text)?.[1];
  if (day === undefined || Number.isNaN(Date.parse(text))) return false;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** A moment as RFC 3339 has it, in any time zone. */
export function TimeField(options: Options = {}) {
  return applyDecorators(
    ApiProperty({
      type: String,
      format: 'date-time',
      required: !options.optional,
      nullable: options.optional,
      description: options.description,
    }),
    ...presence(options),
    check('time', 'must be a time as in RFC 3339', (value) => typeof value === 'string' && isMoment(value)),
  );
}

/** `{conversation_id: seq}`: well-formed ids, non-negative integers, at most `most` of them. */
export function PositionsField({ most, ...options }: Options & { most: number }) {
  return applyDecorators(
    ApiProperty({
      type: 'object',
      maxProperties: most,
      additionalProperties: { type: 'integer', minimum: 0 },
      example: { '7234982347239424': 12 },
      selfRequired: !options.optional,
      description: options.description,
    }),
    ...presence(options),
    check('positions', `must map at most ${most} conversation ids to integers from 0`, (value) =>
      isPositions(value, most),
    ),
  );
}

function isPositions(value: unknown, most: number): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= most &&
    entries.every(([id, seq]) => ID.test(id) && Number.isSafeInteger(seq) && (seq as number) >= 0)
  );
}

/** Text or custom content. Its size is a rule of its own (`contentBytes`), since it answers with another code. */
export function ContentField() {
  return applyDecorators(
    ApiProperty({
      description: `At most ${MESSAGE_BYTES} bytes as compact JSON.`,
      oneOf: [
        {
          type: 'object',
          required: ['type', 'text'],
          additionalProperties: false,
          properties: { type: { type: 'string', enum: ['text'] }, text: { type: 'string', minLength: 1 } },
        },
        {
          type: 'object',
          required: ['type', 'data'],
          additionalProperties: false,
          properties: { type: { type: 'string', enum: ['custom'] }, data: { type: 'object' } },
        },
      ],
      example: { type: 'text', text: 'Hello' },
    }),
    check('content', 'must be {type: "text", text} or {type: "custom", data}', isContent),
  );
}

export function isContent(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const content = value as Record<string, unknown>;
  const field =
    typeof content.type === 'string' && Object.hasOwn(CONTENT_KEYS, content.type) && CONTENT_KEYS[content.type];
  if (!field || Object.keys(content).length !== 2) return false;
  const body = content[field];
  if (field === 'text') return typeof body === 'string' && body.length > 0;
  return body !== null && typeof body === 'object' && !Array.isArray(body);
}

/** UTF-8 bytes of the content's compact JSON: what `message_bytes` limits. */
export function contentBytes(content: unknown): number {
  return Buffer.byteLength(JSON.stringify(content), 'utf8');
}

export function check(name: string, message: string, test: (value: unknown) => boolean, options?: ValidationOptions) {
  return ValidateBy({ name, validator: { validate: test, defaultMessage: () => `$property ${message}` } }, options);
}
