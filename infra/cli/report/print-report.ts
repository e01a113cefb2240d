import { rm } from 'node:fs/promises';
import { formatMoney } from '../../../shared/kernel/money.ts';
import { type CalendarDate, dayAfter, type Instant, timeZoneSchema } from '../../../shared/kernel/time.ts';
import { calendarDateIn } from '../../../shared/kernel/zoned-time.ts';
import { openLake } from '../../../shared/lake/engine/open-lake.ts';
import type { ReportCell } from '../../../shared/reports/answer/columns.ts';
import {
  type AnswerTable,
  type ReportAnswer,
  reportJson,
} from '../../../shared/reports/answer/report-answer.ts';
import { csvLines, tableOf } from '../../../shared/reports/answer/report-csv.ts';
import { makeLakeReport } from '../../../shared/reports/lake/make-lake-report.ts';
import { type ReadQuestion, readQuestion } from '../../../shared/reports/lake/read-question.ts';
import { rowObjects } from '../../../shared/reports/lake/row-objects.ts';
import { loadLakeReports } from '../../../shared/reports/lake-reports.ts';
import { reportPage } from '../../../shared/reports/page/report-page.ts';
import { openPlace } from '../lake/open-place.ts';
import { textTable } from '../terminal/text-table.ts';
import type { ReportOptions } from './report-options.ts';

const lakeReports = await loadLakeReports();

interface Around {
  readonly now: Instant;
  readonly write: (text: string) => void;
}

/** Makes and writes a report. Throws an Error with a line for each option that is wrong. */
export async function printReport(options: ReportOptions, { now, write }: Around): Promise<void> {
  const period = options.period ?? yesterday(options.timeZone, now);
  const read = readQuestion({ report: options.name, ...options, period }, { reports: lakeReports, now });
  if (!read.ok)
    throw new Error(read.error.map(({ pointer, detail }) => `${nameOf(pointer)}: ${detail}`).join('\n'));
  const answer = await answerTo(read.value, await (await openPlace(options.where)).askable());
  if (options.format === 'json') write(`${JSON.stringify(reportJson(answer), undefined, 2)}\n`);
  // The library that draws is heavy, and only a page needs it.
  if (options.format === 'html') {
    const { chartSvg } = await import('../../../shared/reports/page/chart-svg.ts');
    write(reportPage(answer, options.locale, chartSvg));
  }
  if (options.format === 'csv') for (const line of csvLines(shown(answer, options.table))) write(line);
  if (options.format === 'table') write(terminalText(answer, options.table));
}

function yesterday(timeZone: string, now: Instant): CalendarDate {
  const zone = timeZoneSchema.safeParse(timeZone);
  return dayAfter(calendarDateIn(zone.success ? zone.data : 'UTC', now), -1);
}

async function answerTo({ report, asked }: ReadQuestion, folder: string): Promise<ReportAnswer> {
  const lake = await openLake({ folder });
  try {
    return await makeLakeReport(report, asked, {
      ...lake,
      ask: async (sql) => rowObjects(await lake.ask(sql)),
    });
  } finally {
    lake.close();
    await rm(`${folder}/.spill`, { recursive: true, force: true });
  }
}

const nameOf = (pointer: string): string => pointer.split('/').at(-1) ?? pointer;

function shown(answer: ReportAnswer, name: string | undefined): AnswerTable {
  const table = tableOf(answer, name);
  if (table === undefined) throw new Error(`${answer.report} has no table ${name}`);
  return table;
}

function terminalText(answer: ReportAnswer, name: string | undefined): string {
  const { title, period, timeZone, from, to, status, notCounted } = answer;
  const tables = name === undefined ? answer.tables : [shown(answer, name)];
  return [
    `${title} ${period}, ${from} to ${to} (${timeZone})`,
    ...(status === 'running' ? ['The period is not over: the figures grow.'] : []),
    ...notCounted.map(({ says, count }) => `Left out: ${count} ${says}`),
    ...tables.flatMap((table) => ['', table.title, tableText(table)]),
    '',
  ].join('\n');
}

function tableText({ columns, rows }: AnswerTable): string {
  const titles = Object.values(columns).map(({ title, kind }) => ({
    title,
    align: ['text', 'country', 'day'].includes(kind) ? ('left' as const) : ('right' as const),
  }));
  return textTable(
    titles,
    rows.map((row) => Object.keys(columns).map((column) => cellText(row[column] ?? null))),
  );
}

function cellText(cell: ReportCell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? formatMoney(cell) : String(cell);
}
