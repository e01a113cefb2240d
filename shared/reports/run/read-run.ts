import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { fieldProblems } from '../../kernel/issues.ts';
import type { FieldProblem, Problem } from '../../kernel/problem.ts';
import { invalid } from '../../kernel/problem.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { type Instant, later, minuteMs, timeZoneSchema } from '../../kernel/time.ts';
import type { LakeReport } from '../lake/lake-report.ts';
import { type ReadQuestion, readQuestion } from '../lake/read-question.ts';
import type { ReportingChoice } from './ask-for-closed.ts';
import type { MadeReport, ReportFile, ReportQuestion, ReportRun } from './report-run.ts';

/** A provisional report is answered for this time, and made again by the next reader. */
const PROVISIONAL_MS = 15 * minuteMs;

/** What a caller may choose of a report in its address. */
export const reportQuerySchema = ({ parameters }: LakeReport) =>
  z.strictObject({
    period: z.string().max(20).meta({
      description: 'A day, an ISO week or a month',
      example: '2026-11-28',
    }),
    /** The merchant's time zone (`reporting.timeZone` of the seller) if absent. */
    timeZone: timeZoneSchema.optional(),
    /** The merchant's currency for reports (`reporting.currency` of the seller) if absent. */
    currency: currencySchema.optional(),
    /** Only the figures of this storefront. */
    storefrontId: z.string().min(1).max(40).optional(),
    /** The table that comma-separated values show; the first table if absent. */
    table: z.string().max(60).optional(),
    ...parameters.shape,
  });

/** A reader of one storefront asks for figures that are not its own. */
export const otherStorefront: Problem = {
  status: 403,
  code: 'other-storefront',
  title: 'Another storefront',
  detail: 'The token is for the figures of another storefront.',
  errors: [
    { pointer: '#/query/storefrontId', code: 'other-storefront', detail: "not the token's storefront" },
  ],
};

/** A reader of one storefront asks for a report that is of the merchant as a whole. */
export const reportOfMerchant: Problem = {
  status: 403,
  code: 'report-of-the-merchant',
  title: 'A report of the merchant',
  detail: 'The report is of the merchant and of no storefront, and the token is for one storefront.',
};

/** A request for a report that was read. */
export interface ReadRequest {
  readonly question: ReportQuestion;
  readonly table: string | undefined;
  readonly isOver: boolean;
}

interface Reader {
  readonly choice: ReportingChoice;
  readonly now: Instant;
  /** The only storefront whose figures the reader may see. */
  readonly onlyStorefront: string | undefined;
}

/** Reads a request for a report. Refused with the problem that the caller gets; then nothing is asked for. */
export function readRequest(
  report: LakeReport,
  query: Readonly<Record<string, string>>,
  { choice, now, onlyStorefront }: Reader,
): Result<ReadRequest, Problem> {
  if (onlyStorefront !== undefined && !report.byStorefront) return refused(reportOfMerchant);
  if (onlyStorefront !== undefined && (query.storefrontId ?? onlyStorefront) !== onlyStorefront)
    return refused(otherStorefront);
  const { period = '', timeZone, currency, storefrontId, table, ...parameters } = query;
  const read = readQuestion(
    {
      ...{ report: report.name, period, table, parameters },
      timeZone: timeZone ?? choice.timeZone,
      currency: currency ?? choice.currency,
      storefrontId: onlyStorefront ?? storefrontId,
    },
    { reports: [report], now },
  );
  const problems = [...wrongShape(report, query), ...(read.ok ? [] : read.error)];
  if (!read.ok || problems.length > 0) return refused(invalid(withoutDoubles(problems)));
  return ok(requestOf(read.value, parameters, table));
}

function requestOf(
  { report, asked }: ReadQuestion,
  parameters: Readonly<Record<string, string>>,
  table: string | undefined,
): ReadRequest {
  const { period, currency, storefrontId } = asked;
  const question = {
    ...{ report: report.name, period: period.name, periodKind: period.kind, timeZone: period.timeZone },
    ...{ currency, parameters },
    ...(storefrontId === undefined ? {} : { storefrontId }),
  };
  return { question, table, isOver: period.isOver };
}

function wrongShape(report: LakeReport, query: unknown): FieldProblem[] {
  const parsed = reportQuerySchema(report).safeParse(query);
  return parsed.success ? [] : fieldProblems(parsed.error, '#/query');
}

/** One problem for each field: the first one. */
const withoutDoubles = (problems: readonly FieldProblem[]): FieldProblem[] => [
  ...new Map(problems.toReversed().map((problem) => [problem.pointer, problem])).values(),
];

/** The stored report that is answered; undefined if it has to be made first. */
export function answeredBy(
  run: ReportRun | undefined,
  { isOver, now }: { readonly isOver: boolean; readonly now: Instant },
): MadeReport | undefined {
  const made = run?.made;
  if (made === undefined || made.status === 'over') return made;
  return !isOver && later(made.checkedAt, PROVISIONAL_MS) > now ? made : undefined;
}

/** The file of a report in the form that the caller asked for. */
export function fileIn(
  { files }: MadeReport,
  wanted: { readonly form: ReportFile['form']; readonly table: string | undefined },
): ReportFile | undefined {
  const { form, table } = wanted;
  return files.find(
    (file) => file.form === form && (form !== 'csv' || table === undefined || file.table === table),
  );
}
