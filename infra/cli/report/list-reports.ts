import type * as z from 'zod';
import type { LakeReport } from '../../../shared/reports/lake/lake-report.ts';
import type { runViewSchema } from '../../../shared/reports/run/run-view.ts';
import { operatorAt } from '../client/operator-at.ts';
import type { OperatorOptions } from '../client/operator-options.ts';
import { textTable } from '../terminal/text-table.ts';

export interface ListOptions {
  readonly format: 'table' | 'json';
  /** The backend whose stored reports are listed; undefined lists what can be asked for. */
  readonly stored: (OperatorOptions & { readonly report: string | undefined }) | undefined;
}

type Run = z.infer<typeof runViewSchema>;

/** The runs of one answer, which has a cursor if there are more. */
const PAGE = 100;

/** Lists the reports that can be asked for, or those that a backend has stored. */
export async function listReports(
  { format, stored }: ListOptions,
  { reports, write }: { readonly reports: readonly LakeReport[]; readonly write: (text: string) => void },
): Promise<void> {
  if (stored === undefined) {
    const listed = reports.map(listedReport);
    return write(format === 'json' ? jsonText(listed) : reportTable(listed));
  }
  const runs = await storedRuns(stored);
  write(format === 'json' ? jsonText(runs) : runTable(runs));
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

type Listed = ReturnType<typeof listedReport>;

function listedReport({ name, title, says, periods, byStorefront, tables, parameters }: LakeReport) {
  return {
    ...{ name, title, says, periods, byStorefront, tables: Object.keys(tables) },
    parameters: Object.entries(parameters.shape as Record<string, z.ZodType>).map(([parameter, type]) => ({
      name: parameter,
      is: type.description ?? '',
    })),
  };
}

const reportTable = (reports: readonly Listed[]): string =>
  `${textTable(
    [
      { title: 'report' },
      { title: 'what it answers', width: 44 },
      { title: 'periods', width: 12 },
      { title: 'parameters', width: 20 },
    ],
    reports.map(({ name, says, periods, parameters }) => [
      name,
      says,
      periods.join(', '),
      parameters.map((each) => each.name).join(', '),
    ]),
  )}\n`;

async function storedRuns({ report, ...operator }: NonNullable<ListOptions['stored']>): Promise<Run[]> {
  const client = await operatorAt(operator);
  const runs: Run[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({
      limit: String(PAGE),
      ...(report === undefined ? {} : { report }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const page = await client.call<{ readonly runs: Run[]; readonly cursor?: string }>({
      method: 'GET',
      path: `/v1/admin/reports?${query}`,
    });
    runs.push(...page.runs);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return runs;
}

const runTable = (runs: readonly Run[]): string =>
  runs.length === 0
    ? 'no report is stored\n'
    : `${textTable(
        [
          { title: 'report' },
          { title: 'period' },
          { title: 'time zone' },
          { title: 'currency' },
          { title: 'storefront' },
          { title: 'state' },
          { title: 'version', align: 'right' },
          { title: 'made at' },
        ],
        runs.map((run) => [
          ...[run.report, run.period, run.timeZone, run.currency, run.storefrontId ?? '', run.state],
          ...(run.made === undefined ? ['', ''] : [String(run.made.version), run.made.madeAt]),
        ]),
      )}\n`;
