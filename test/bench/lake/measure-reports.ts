import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadLakeReports } from '../../../shared/reports/lake-reports.ts';

const lakeReports = await loadLakeReports();

const ASKING = fileURLToPath(new URL('./ask-report.ts', import.meta.url));

/** What a process that made one report of a month took: milliseconds on the clock, megabytes at most. */
interface AskedReport {
  readonly loadMs: number;
  readonly openMs: number;
  readonly firstMs: number;
  readonly reportMs: number;
  readonly rows: number;
  readonly mb: number;
}

/** The figures of each report of the registry, for a lake of that number of orders, as lines for programs. */
export function measureReports(
  folder: string,
  orders: number,
  limits: { readonly memoryMb: number; readonly threads: number },
): { readonly figures: [string, string][]; readonly totalMs: number } {
  let totalMs = 0;
  const figures = lakeReports.flatMap(({ name }): [string, string][] => {
    const asked = ask(folder, name, limits);
    totalMs += asked.reportMs;
    return [
      [`report-${name}-ms-${orders}`, String(Math.round(asked.reportMs))],
      [`report-${name}-mb-${orders}`, String(Math.round(asked.mb))],
      [`report-${name}-rows-${orders}`, String(asked.rows)],
    ];
  });
  return { figures, totalMs };
}

/** What a new process takes before its first answer: loading the engine, opening a lake, one query. */
export function measureColdStart(
  folder: string,
  limits: { readonly memoryMb: number; readonly threads: number },
): [string, string][] {
  const { loadMs, openMs, firstMs } = ask(folder, 'sales', limits);
  return [
    ['cold-load-ms', String(Math.round(loadMs))],
    ['cold-open-ms', String(Math.round(openMs))],
    ['cold-first-query-ms', String(Math.round(firstMs))],
  ];
}

function ask(folder: string, name: string, limits: object): AskedReport {
  const args = ['--disable-warning=ExperimentalWarning', ASKING, folder, name, JSON.stringify(limits)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1_000_000 }));
}
