import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ReportObjects } from '../aws/reports/report-objects.ts';
import { type Problem, ProblemError } from '../kernel/problem.ts';
import type { LakeReport } from '../reports/lake/lake-report.ts';
import { PAGE_LOCALE } from '../reports/page/report-page.ts';
import type { ReportingChoice } from '../reports/run/ask-for-closed.ts';
import { type AskDeps, askForRun } from '../reports/run/ask-for-run.ts';
import { runIdOf } from '../reports/run/ports.ts';
import { answeredBy, fileIn, readRequest } from '../reports/run/read-run.ts';
import { contentTypes, type MadeReport, type ReportFile } from '../reports/run/report-run.ts';
import { addressOf } from '../reports/run/run-address.ts';
import { runView } from '../reports/run/run-view.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { type PageDeps, pageInLocale } from './lake-report-page.ts';
import { readerLocale } from './reader-locale.ts';

export interface LakeReportDeps extends AskDeps, Pick<PageDeps, 'maxWrittenBytes'> {
  readonly choice: () => Promise<ReportingChoice>;
  readonly files: Pick<ReportObjects, 'read' | 'addressOf'>;
  /** A larger file is answered by S3 itself. */
  readonly maxInlineBytes: number;
}

type Accepts = HttpRequest<never, never, never>['accepts'];

export interface LakeReportRequest {
  readonly query: Readonly<Record<string, string>>;
  readonly accepts: Accepts;
  readonly onlyStorefront: string | undefined;
}

/** Making a report takes seconds. */
const RETRY_AFTER_SECONDS = 5;
/** How long the address of a large file can be used. */
const ADDRESS_SECONDS = 300;

/** The report is asked for, and the queue did not take the message. */
const notAsked: Problem = {
  status: 503,
  code: 'report-not-asked-for',
  title: 'Not asked for',
  detail: 'The report could not be asked for now. Repeat the request.',
  retryAfterSeconds: RETRY_AFTER_SECONDS,
};

/**
 * The stored report in the form that the caller takes, a page in the locale of its `Accept-Language`; or 202, where it
 * has to be made first.
 */
export async function answerLakeReport(
  report: LakeReport,
  { query, accepts, onlyStorefront }: LakeReportRequest,
  deps: LakeReportDeps,
): Promise<HttpAnswer> {
  const now = deps.clock().toISOString();
  const read = readRequest(report, query, { choice: await deps.choice(), now, onlyStorefront });
  if (!read.ok) throw new ProblemError(read.error);
  const { question, table, isOver } = read.value;
  const stored = await deps.runs.load(runIdOf(question));
  const made = answeredBy(stored?.run, { isOver, now });
  const form = accepts.csv ? 'csv' : accepts.html ? 'html' : 'json';
  const file = made === undefined ? undefined : fileIn(made, { form, table });
  if (made !== undefined && file !== undefined) {
    const page = form === 'html' ? await answerPage(deps, report, made, accepts) : undefined;
    return page ?? answerFile(deps, made, file, accepts.gzip);
  }
  const { run, isSent } = await askForRun(deps, question);
  if (!isSent) throw new ProblemError(notAsked);
  const headers = { location: addressOf(question), 'retry-after': String(RETRY_AFTER_SECONDS) };
  return { status: 202, body: runView(run), headers };
}

/** Undefined where the stored page is to be answered: also where a written one is too large for an answer. */
async function answerPage(
  deps: LakeReportDeps,
  report: LakeReport,
  made: MadeReport,
  { language, gzip }: Accepts,
): Promise<HttpAnswer | undefined> {
  const locale = readerLocale(language);
  const page = await pageInLocale(report, made, locale, deps);
  if (locale === undefined || page === undefined) return undefined;
  const bytes = gzip ? gzipSync(page) : Buffer.from(page);
  if (bytes.length > deps.maxInlineBytes) return undefined;
  const headers = {
    etag: `"${createHash('sha256').update(page).digest('hex')}"`,
    ...stateOf(made),
    ...headersOf.html,
    'content-type': contentTypes.html,
    'content-language': locale,
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
  };
  return { status: 200, bytes, headers };
}

const stateOf = ({ version, status }: MadeReport) => ({
  'report-version': String(version),
  'report-status': status,
});

async function answerFile(
  { files, maxInlineBytes }: LakeReportDeps,
  made: MadeReport,
  file: ReportFile,
  takesGzip: boolean,
): Promise<HttpAnswer> {
  const shared = {
    etag: `"${file.sha256}"`,
    ...stateOf(made),
    ...headersOf[file.form],
  };
  if ((takesGzip ? file.bytes : file.plainBytes) > maxInlineBytes) {
    const location = await files.addressOf(file.key, ADDRESS_SECONDS);
    return { status: 303, headers: { ...shared, location } };
  }
  const bytes = await files.read(file.key);
  if (bytes === undefined) throw new Error(`the file ${file.key} of a stored report is gone`);
  const headers = { ...shared, 'content-type': contentTypes[file.form] };
  return takesGzip
    ? { status: 200, bytes, headers: { ...headers, 'content-encoding': 'gzip' } }
    : { status: 200, bytes: gunzipSync(bytes), headers };
}

/** A page of a report loads nothing and runs nothing. */
const headersOf = {
  json: { vary: 'accept, accept-encoding' },
  csv: { vary: 'accept, accept-encoding' },
  html: {
    vary: 'accept, accept-encoding, accept-language',
    'content-language': PAGE_LOCALE,
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  },
} as const;
