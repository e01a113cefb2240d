import * as z from 'zod';
import { currencySchema } from '../../kernel/currency.ts';
import { fingerprint } from '../../kernel/hash.ts';
import { instantSchema } from '../../kernel/time.ts';
import { periodKinds } from '../period/report-period.ts';

/** What a run makes: a report of a period, for the merchant or for one storefront. */
export const reportQuestionSchema = z.strictObject({
  /** Name of the report. */
  report: z.string(),
  /** A day `2026-11-28`, an ISO week `2026-W48` or a month `2026-11`. */
  period: z.string(),
  periodKind: z.enum(periodKinds),
  /** IANA. The days of the period are days by the clocks of this zone. */
  timeZone: z.string(),
  /** The currency that amounts are converted to. */
  currency: currencySchema,
  /** If present, the figures are of this storefront alone. */
  storefrontId: z.string().optional(),
  /** What the caller chose besides, as texts. */
  parameters: z.record(z.string(), z.string()),
});

export type ReportQuestion = z.infer<typeof reportQuestionSchema>;

/** A file of a made report, compressed with gzip. */
export const reportFileSchema = z.strictObject({
  form: z.enum(['json', 'csv', 'html']),
  /** The table that a CSV file holds. */
  table: z.string().optional(),
  /** Of the object in the bucket. */
  key: z.string(),
  /** Compressed, and not compressed. */
  bytes: z.int().min(0),
  plainBytes: z.int().min(0),
  /** SHA-256 of the content without compression, in hexadecimal. */
  sha256: z.string(),
});

export type ReportFile = z.infer<typeof reportFileSchema>;

/** The media type of each form. */
export const contentTypes = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const satisfies Record<ReportFile['form'], string>;

/** What a restatement changed in a table: how many rows. A row is known by its texts, countries and days. */
const tableChangeSchema = z.strictObject({
  table: z.string(),
  added: z.int().min(0),
  removed: z.int().min(0),
  changed: z.int().min(0),
});

export type TableChange = z.infer<typeof tableChangeSchema>;

/** A report that is stored. */
export const madeReportSchema = z.strictObject({
  /** 0 while the period is not over. 1: the first report after its end. One more for each restatement. */
  version: z.int().min(0),
  /** `running`: the report is provisional, because its period was not over. */
  status: z.enum(['running', 'over']),
  /** SHA-256 of the report as JSON: equal reports have equal digests. */
  digest: z.string(),
  /** When this content was made first, and when it was last found to be current. */
  madeAt: instantSchema,
  checkedAt: instantSchema,
  /** How long the making took, in milliseconds. */
  tookMs: z.int().min(0),
  /** The fingerprint of the tables of the lake that it was made from. */
  source: z.string(),
  files: z.array(reportFileSchema).min(1),
  /** What the last restatement changed; empty if there was none. */
  changes: z.array(tableChangeSchema),
});

export type MadeReport = z.infer<typeof madeReportSchema>;

/**
 * A run of a report: what was asked, how far it is, and what was made last. A report that was made stays readable while
 * it is made again.
 */
export const reportRunSchema = z.strictObject({
  question: reportQuestionSchema,
  state: z.enum(['asked', 'running', 'made', 'failed']),
  askedAt: instantSchema,
  /** Tries since it was asked. */
  attempts: z.int().min(0),
  /** The try that is at work: it has the run until then. */
  attempt: z.strictObject({ holder: z.string(), startedAt: instantSchema, until: instantSchema }).optional(),
  /** Why the last try failed: the name of an error, without data. */
  failure: z.strictObject({ at: instantSchema, reason: z.string() }).optional(),
  made: madeReportSchema.optional(),
});

export type ReportRun = z.infer<typeof reportRunSchema>;

/** The fingerprint of what distinguishes two runs of a report and a period. */
export const printOf = ({ timeZone, currency, storefrontId, parameters }: ReportQuestion): string =>
  fingerprint({ timeZone, currency, storefrontId, parameters }).slice(0, 16);

/** Where the files of a run are: by report, period, time zone, currency and reader, and then by content. */
export function folderOf(question: ReportQuestion, digest: string): string {
  const { report, period, timeZone, currency, storefrontId, parameters } = question;
  const reader = storefrontId === undefined ? 'all' : `storefront=${storefrontId}`;
  const chosen = Object.keys(parameters).length === 0 ? [] : [`parameters=${printOf(question)}`];
  return ['reports', report, period, timeZone, currency, reader, ...chosen, digest.slice(0, 32)].join('/');
}
