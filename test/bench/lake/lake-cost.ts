import { subjects } from '../../../shared/lake/subjects/index.ts';
import { prices } from '../../../shared/usage/prices.ts';

/** S3 standard storage of a gigabyte for a month in us-east-1, as published in August 2025. */
const GB_MONTH_USD = 0.023;
const MEMORY_MB = 1_769;
const DAYS = 30;
const RUNS_A_DAY = 24;
/** The orders of a month, for which the cost is stated. */
const ORDERS = 1_000_000;

interface Measured {
  readonly factsAnOrder: number;
  readonly bytesAFact: number;
  readonly parquetBytesAFact: number;
  readonly factsASecond: number;
  /** What all reports of a month together take, of a million orders. */
  readonly reportsMs: number;
}

/**
 * What the tables and reports of a million orders a month cost, in US dollars: their storage of a month, the function
 * that makes the tables every hour, the objects that it writes, and every report made each day of the month.
 */
export function lakeCost(
  measured: Measured,
): Readonly<Record<'storage' | 'tables' | 'objects' | 'reports', number>> {
  const facts = measured.factsAnOrder * ORDERS;
  const gb = (facts * (measured.bytesAFact + measured.parquetBytesAFact)) / 1_000_000_000;
  const lambda = (ms: number) =>
    (ms * MEMORY_MB * prices['lambda.mbMs'].microUsd) / prices['lambda.mbMs'].per / 1_000_000;
  // Every run writes the present day again, of each table: half of a day's facts on average, each hour.
  const rewritten = 1 + RUNS_A_DAY / 2;
  const puts = subjects.length * RUNS_A_DAY * DAYS;
  return {
    storage: gb * GB_MONTH_USD,
    tables: lambda((facts / measured.factsASecond) * 1_000 * rewritten),
    objects: (puts * prices['s3.puts'].microUsd) / prices['s3.puts'].per / 1_000_000,
    reports: lambda(measured.reportsMs * DAYS),
  };
}
