import { beforeAll, describe, expect, it } from 'vitest';
import { lakeTables } from '../../../shared/reports/lake/lake-tables.ts';
import { loadLakeReports } from '../../../shared/reports/lake-reports.ts';
import { readPeriod } from '../../../shared/reports/period/report-period.ts';
import { trinoErrors } from '../../fakes/trino.ts';

const lakeReports = await loadLakeReports();

let errorsIn: (sql: string) => string[];
beforeAll(async () => {
  errorsIn = await trinoErrors();
});

const period = readPeriod('2026-W48', { timeZone: 'Europe/Berlin', now: '2027-06-01T00:00:00.000Z' });
if (!period.ok) throw new Error(period.error);
const readers = [
  lakeTables({ period: period.value }),
  lakeTables({ period: period.value, storefrontId: "the shop's" }),
];
const queries = lakeReports.flatMap(({ name, queries: own }) =>
  Object.entries(own).map(([query, { sql }]) => [name, query, sql] as const),
);

describe('Athena', () => {
  it.each(queries)('can read the query %s: %s, for every reader', (_report, _query, sql) => {
    for (const tables of readers) expect(errorsIn(sql(tables))).toEqual([]);
  });
});
