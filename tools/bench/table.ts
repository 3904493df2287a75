import { percentile } from './percentiles.js';

/** A figure of each result, and how it is shown. */
export interface Column<T> {
  heading: string;
  of: (result: T) => number;
  show: (value: number) => string;
}

/** A line for each result. */
export function rowsOf<T>(columns: readonly Column<T>[], results: readonly T[]): string[][] {
  return results.map((result) => columns.map(({ of, show }) => show(of(result))));
}

/** One line: of each figure the median of all results. */
export function medianRow<T>(columns: readonly Column<T>[], results: readonly T[]): string[] {
  return columns.map(({ of, show }) => show(percentile(results.map(of), 0.5)));
}

/** Lines with their cells under the headings. */
export function tableLines(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column].length)));
  return [headings, ...rows].map((cells) => cells.map((cell, index) => cell.padStart(widths[index])).join('   '));
}

export const whole = (value: number): string => value.toFixed(0);
export const hundredths = (value: number): string => value.toFixed(2);
export const percent = (value: number): string => `${(value * 100).toFixed(0)} %`;
