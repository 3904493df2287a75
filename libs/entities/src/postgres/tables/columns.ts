import { Column, type ColumnOptions, PrimaryColumn } from 'typeorm';

/** A snowflake id: a bigint, read as a decimal string. */
export const IdColumn = (options: ColumnOptions = {}) => Column({ type: 'bigint', ...options });

/** A snowflake id that is the primary key, or a part of it; the constraint is named like the table. */
export const PrimaryIdColumn = (table: string) =>
  PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: `${table}_pkey` });

/** Milliseconds since 1970 in code, a timestamp for the people who look into the database. */
export const TimeColumn = (options: ColumnOptions = {}) =>
  Column({
    type: 'timestamp with time zone',
    precision: 3,
    transformer: {
      to: (ms: number | null | undefined) => (typeof ms === 'number' ? new Date(ms) : ms),
      from: (date: Date | null) => date?.getTime() ?? null,
    },
    ...options,
  });
