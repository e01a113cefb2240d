/** A process of its own, so that the memory and the first query are those of one report. */
import { argv } from 'node:process';

const [, , folder = '', name = '', limits = '{}'] = argv;
const began = performance.now();
const { openLake } = await import('../../../shared/lake/engine/open-lake.ts');
const { makeLakeReport } = await import('../../../shared/reports/lake/make-lake-report.ts');
const { readQuestion } = await import('../../../shared/reports/lake/read-question.ts');
const { rowObjects } = await import('../../../shared/reports/lake/row-objects.ts');
const { lakeReportNamed } = await import('../../../shared/reports/lake-reports.ts');
const report = await lakeReportNamed(name);
const loaded = performance.now();
const read = readQuestion(
  { report: name, period: '2026-11', timeZone: 'UTC', currency: 'EUR' },
  { reports: report === undefined ? [] : [report], now: '2026-12-31T00:00:00.000Z' },
);
if (!read.ok) throw new Error(JSON.stringify(read.error));
const lake = await openLake({ folder, limits: JSON.parse(limits) });
const opened = performance.now();
await lake.ask('SELECT count(*) FROM orders');
const first = performance.now();
const answer = await makeLakeReport(read.value.report, read.value.asked, {
  ...lake,
  ask: async (sql) => rowObjects(await lake.ask(sql)),
});
const made = performance.now();
lake.close();
const rows = answer.tables.reduce((all, table) => all + table.rows.length, 0);
process.stdout.write(
  JSON.stringify({
    ...{ loadMs: loaded - began, openMs: opened - loaded, firstMs: first - opened, reportMs: made - first },
    ...{ rows, mb: process.resourceUsage().maxRSS / 1_000 },
  }),
);
