import type { ReportQuestion } from './report-run.ts';

/** Where the API answers the report of a run. */
export function addressOf(question: ReportQuestion): string {
  const { report, period, timeZone, currency, storefrontId, parameters } = question;
  const query = new URLSearchParams({
    period,
    timeZone,
    currency,
    ...(storefrontId === undefined ? {} : { storefrontId }),
    ...parameters,
  });
  return `/v1/admin/reports/${report}?${query}`;
}
