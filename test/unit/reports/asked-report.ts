import type { Currency } from '../../../shared/kernel/currency.ts';
import type { ReportAnswer } from '../../../shared/reports/answer/report-answer.ts';
import type { LakeReport } from '../../../shared/reports/lake/lake-report.ts';
import { makeLakeReport } from '../../../shared/reports/lake/make-lake-report.ts';
import { readPeriod } from '../../../shared/reports/period/report-period.ts';
import type { MadeUpLake } from '../../fakes/made-up-lake.ts';

interface Asked {
  readonly period: string;
  readonly timeZone?: string;
  readonly currency?: Currency;
  readonly now?: string;
  readonly storefrontId?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** The report of a period, as a reader asks for it. */
export async function askedReport(report: LakeReport, lake: MadeUpLake, asked: Asked): Promise<ReportAnswer> {
  const { timeZone = 'UTC', now = '2027-06-01T00:00:00.000Z', currency = 'EUR' } = asked;
  const read = readPeriod(asked.period, { timeZone, now });
  if (!read.ok) throw new Error(read.error);
  const { parameters = {}, storefrontId } = asked;
  return makeLakeReport(report, { period: read.value, currency, parameters, storefrontId }, lake);
}

/** The rows of a table of an answer. */
export function rowsOf({ tables }: ReportAnswer, name: string) {
  const table = tables.find((each) => each.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table.rows;
}

export const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' }) as const;
