import * as z from 'zod';
import type { Currency } from '../../kernel/currency.ts';
import { UNREAD } from '../../lake/subject.ts';
import type { NotCounted, ReportAnswer } from '../answer/report-answer.ts';
import type { ReportPeriod } from '../period/report-period.ts';
import { type AskedLake, type LakeReport, lakeQuery, wholeCell } from './lake-report.ts';
import { lakeTables, type TableDays } from './lake-tables.ts';

/** What a caller asks of a report, after it was checked. */
export interface AskedReport {
  readonly period: ReportPeriod;
  readonly currency: Currency;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly storefrontId?: string | undefined;
}

/** Facts that this version could not read. They are in no table, so every report on them says so. */
const unknownFacts = lakeQuery(
  { name: z.string(), version: wholeCell, facts: wholeCell },
  ({ within, from, to }) => `
    SELECT u.name AS name, u.fact_version AS version, COUNT(*) AS facts
    FROM ${within('unknown_facts')} u
    WHERE u.occurred_at >= ${from} AND u.occurred_at < ${to}
    GROUP BY u.name, u.fact_version
    ORDER BY u.name, u.fact_version`,
);

/** Makes a report of what the lake holds. The same lake gives the same answer, to the byte. */
export async function makeLakeReport(
  report: LakeReport,
  { period, currency, parameters, storefrontId }: AskedReport,
  lake: AskedLake,
): Promise<ReportAnswer> {
  const tables = lakeTables({ period, storefrontId });
  const found: Record<string, readonly unknown[]> = {};
  for (const [name, { sql }] of Object.entries(report.queries)) found[name] = await lake.ask(sql(tables));
  const unread = z.array(unknownFacts.row).parse(await lake.ask(unknownFacts.sql(tables)));
  const damaged = await lake.unreadSince(period.from.slice(0, 10));
  const { rows, notCounted } = report.shapeFound(found, { period, currency, parameters });
  return {
    report: report.name,
    ...{ title: report.title, says: report.says, charts: report.charts },
    ...{ period: period.name, periodKind: period.kind, timeZone: period.timeZone },
    ...{ from: period.from, to: period.to, status: period.isOver ? 'over' : 'running', currency },
    ...(storefrontId === undefined ? {} : { storefrontId }),
    tables: Object.entries(report.tables).map(([name, { title, columns }]) => ({
      ...{ name, title, columns, rows: rows[name] ?? [] },
    })),
    notCounted: [
      ...notCounted,
      ...unread.map(notRead),
      ...notReadable(damaged),
      ...inChange(lake.daysInChange),
    ],
  };
}

/** What a report reads of the lake: tables, and their days, and what could not be read. */
export function tablesAsked(report: LakeReport, { period, storefrontId }: AskedReport): readonly TableDays[] {
  const used: TableDays[] = [{ table: UNREAD, from: period.from.slice(0, 10) }];
  const tables = lakeTables({ period, storefrontId, onUse: (each) => used.push(each) });
  for (const { sql } of [...Object.values(report.queries), unknownFacts]) sql(tables);
  return used;
}

/** Nobody knows what a damaged object holds: it may be of the period if it arrived after the period began. */
function notReadable(count: number): NotCounted[] {
  const says =
    'objects or lines of facts that could not be read: some may be of this period (entrepot lake build names them)';
  return count === 0 ? [] : [{ code: 'unread-facts', says, count }];
}

/** The tables were taken in the middle of a change that did not end: the report is made again once it has. */
function inChange(count = 0): NotCounted[] {
  const says =
    'days of tables that were being changed: some of their last facts may be in a part of the figures only';
  return count === 0 ? [] : [{ code: 'tables-in-change', says, count }];
}

const notRead = ({ name, version, facts }: z.infer<typeof unknownFacts.row>): NotCounted => ({
  code: 'unknown-facts',
  says: `facts ${name} in version ${version}, which this version can't read`,
  count: facts,
});
