import type { Currency } from '../../kernel/currency.ts';
import { currencySchema } from '../../kernel/currency.ts';
import { fieldProblems } from '../../kernel/issues.ts';
import type { FieldProblem } from '../../kernel/problem.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { type Instant, timeZoneSchema } from '../../kernel/time.ts';
import { type NoPeriod, readPeriod } from '../period/report-period.ts';
import type { LakeReport } from './lake-report.ts';
import type { AskedReport } from './make-lake-report.ts';

/** What a reader asks, as texts. */
export interface Question {
  readonly report: string;
  readonly period: string;
  /** IANA. */
  readonly timeZone: string;
  readonly currency: string;
  /** Of a table, for a form that shows one. */
  readonly table?: string | undefined;
  readonly storefrontId?: string | undefined;
  /** Parameters of the report itself. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** A question that can be answered. */
export interface ReadQuestion {
  readonly report: LakeReport;
  readonly asked: AskedReport;
}

/** Reads a question. Refused with every field that is wrong, by its pointer. */
export function readQuestion(
  question: Question,
  { reports, now }: { readonly reports: readonly LakeReport[]; readonly now: Instant },
): Result<ReadQuestion, readonly FieldProblem[]> {
  const report = reports.find(({ name }) => name === question.report);
  if (report === undefined) return refused([unknownReport(reports)]);
  const timeZone = timeZoneSchema.safeParse(question.timeZone);
  const currency = currencySchema.safeParse(question.currency);
  const parameters = report.parameters.safeParse(question.parameters ?? {});
  const period = readPeriod(question.period, { timeZone: timeZone.success ? timeZone.data : 'UTC', now });
  const wrong = [
    ...(timeZone.success ? [] : fieldProblems(timeZone.error, '#/query/timeZone')),
    ...(currency.success ? [] : fieldProblems(currency.error, '#/query/currency')),
    ...(parameters.success ? [] : fieldProblems(parameters.error, '#/query')),
    ...(period.ok ? ofKind(report, period.value.kind) : [noPeriod(period.error, report)]),
    ...ofTable(report, question.table),
    ...(question.storefrontId === undefined || report.byStorefront ? [] : [noStorefront]),
  ];
  if (wrong.length > 0 || !period.ok) return refused(wrong);
  const asked: AskedReport = {
    period: period.value,
    currency: question.currency as Currency,
    parameters: parameters.data ?? {},
    storefrontId: question.storefrontId,
  };
  return ok({ report, asked });
}

const unknownReport = (reports: readonly LakeReport[]): FieldProblem => ({
  pointer: '#/path/name',
  code: 'no-such-report',
  detail: `one of ${reports.map(({ name }) => name).join(', ')}`,
});

const EXAMPLES = { day: '2026-11-28', week: '2026-W48', month: '2026-11' } as const;

const periodsOf = ({ periods }: LakeReport): string =>
  periods.map((kind) => `a ${kind} such as ${EXAMPLES[kind]}`).join(', or ');

const noPeriod = (code: NoPeriod, report: LakeReport): FieldProblem => ({
  pointer: '#/query/period',
  code,
  detail: code === 'period-in-the-future' ? 'the period has not begun yet' : periodsOf(report),
});

const ofKind = (report: LakeReport, kind: LakeReport['periods'][number]): FieldProblem[] =>
  report.periods.includes(kind)
    ? []
    : [{ pointer: '#/query/period', code: 'no-such-period', detail: periodsOf(report) }];

function ofTable({ tables }: LakeReport, table: string | undefined): FieldProblem[] {
  if (table === undefined || Object.hasOwn(tables, table)) return [];
  const detail = `one of ${Object.keys(tables).join(', ')}`;
  return [{ pointer: '#/query/table', code: 'no-such-table', detail }];
}

const noStorefront: FieldProblem = {
  pointer: '#/query/storefrontId',
  code: 'no-storefront',
  detail: 'the report is of the merchant and of no storefront',
};
