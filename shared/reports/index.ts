import type { Report } from './report.ts';
import { iossReturn, ossReturn } from './tax-returns/tax-return-reports.ts';

export type { Report } from './report.ts';
export type { ReportSources } from './report-sources.ts';

/** THE REGISTRY of reports: to add one, add one line to this array. */
export const reports: readonly Report[] = [
  iossReturn, // the Import One-Stop Shop, by month
  ossReturn, // the Union scheme, by quarter
];
