import { gunzipSync } from 'node:zlib';
import type { ReportObjects } from '../aws/reports/report-objects.ts';
import { reportAnswerSchema, reportFromJson } from '../reports/answer/report-answer.ts';
import type { LakeReport } from '../reports/lake/lake-report.ts';
import { PAGE_LOCALE, reportPage } from '../reports/page/report-page.ts';
import { fileIn } from '../reports/run/read-run.ts';
import type { MadeReport } from '../reports/run/report-run.ts';

export interface PageDeps {
  readonly files: Pick<ReportObjects, 'read'>;
  /** A report whose JSON has more bytes is not written again for a reader. */
  readonly maxWrittenBytes: number;
}

/** Locales whose numbers and dates are those of the stored page. */
const AS_STORED: readonly string[] = [PAGE_LOCALE, 'en-US'];

/**
 * A stored report as a page in the numbers, dates and countries of a locale, written from the stored JSON. Undefined
 * where the stored page is to be answered: its locale is the same, or the report is too large to be written during a
 * request. Throws where a stored file is gone.
 */
export async function pageInLocale(
  report: LakeReport,
  made: MadeReport,
  locale: string | undefined,
  { files, maxWrittenBytes }: PageDeps,
): Promise<string | undefined> {
  const json = fileIn(made, { form: 'json', table: undefined });
  if (locale === undefined || AS_STORED.includes(locale)) return undefined;
  if (json === undefined || json.plainBytes > maxWrittenBytes) return undefined;
  const bytes = await files.read(json.key);
  if (bytes === undefined) throw new Error(`the file ${json.key} of a stored report is gone`);
  const stored = reportAnswerSchema.parse(JSON.parse(gunzipSync(bytes).toString('utf8')));
  // Most answers need no pictures, and the library that draws is a third of what this function loads.
  const { chartSvg } = await import('../reports/page/chart-svg.ts');
  return reportPage(reportFromJson(stored, report.charts), locale, chartSvg);
}
