import {
  DuckDBDateValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Cell } from '../subject.ts';

/**
 * A value of an answer as JSON has it. A whole number that JavaScript can't hold exactly, and a decimal, is text. An
 * instant has the form of JSON, `2026-11-23T10:00:00.000Z`; a day is `2026-11-23`. A list or a structure is its text.
 */
export function answerCell(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return wholeNumber(value);
  if (value instanceof DuckDBDateValue) return new Date(value.days * 86_400_000).toISOString().slice(0, 10);
  const ms = millisecondsOf(value);
  return ms === undefined ? String(value) : new Date(ms).toISOString();
}

const wholeNumber = (value: bigint): Cell =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();

function millisecondsOf(value: DuckDBValue): number | undefined {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return Number(value.micros / 1_000n);
  if (value instanceof DuckDBTimestampMillisecondsValue) return Number(value.millis);
  if (value instanceof DuckDBTimestampSecondsValue) return Number(value.seconds) * 1_000;
  if (value instanceof DuckDBTimestampNanosecondsValue) return Number(value.nanos / 1_000_000n);
  return undefined;
}
