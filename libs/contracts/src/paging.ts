import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { SeqField } from './fields.js';
import { DEFAULT_PAGE_SIZE, PAGE_SIZE } from './limits.js';

/** The query of every list that comes in pages. */
export class PageQueryDto {
  @ApiProperty({ type: String, required: false, description: 'The `next_cursor` of the page before.' })
  @IsOptional()
  @IsString({ message: '$property must be text' })
  cursor?: string;

  @SeqField({ min: 1, max: PAGE_SIZE, optional: true, description: `Default ${DEFAULT_PAGE_SIZE}.` })
  limit: number = DEFAULT_PAGE_SIZE;
}

/** One page of a list; `next_cursor` is null on the last one. */
export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}
