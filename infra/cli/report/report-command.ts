import { type Command, InvalidArgumentError, Option } from 'commander';
import { loadLakeReports } from '../../../shared/reports/lake-reports.ts';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { type WhereValues, whereOf, withWhere } from '../lake/lake-command.ts';
import type { ListOptions } from './list-reports.ts';
import { type ReportFormat, type ReportOptions, reportFormats } from './report-options.ts';

const lakeReports = await loadLakeReports();

interface Values extends WhereValues {
  readonly period?: string;
  readonly format: ReportFormat;
  readonly timeZone: string;
  readonly currency: string;
  readonly table?: string;
  readonly storefront?: string;
  readonly locale: string;
  readonly set?: Readonly<Record<string, string>>;
}

const printReport = async (options: ReportOptions) =>
  (await import('./print-report.ts')).printReport(options, {
    now: new Date().toISOString(),
    write: (text) => void process.stdout.write(text),
  });

const listThem = async (options: ListOptions) =>
  (await import('./list-reports.ts')).listReports(options, {
    reports: lakeReports,
    write: (text) => void process.stdout.write(text),
  });

/** `entrepot report`: makes a report of the lake and prints it, or lists them. */
export function addReport(
  program: Command,
  run: (options: ReportOptions) => Promise<void> = printReport,
  list: (options: ListOptions) => Promise<void> = listThem,
): void {
  const names = lakeReports.map(({ name, says }) => `${name.padEnd(14)} ${says}`);
  const command = program
    .command('report')
    .summary('make a report from the tables of the lake')
    .description(
      `Makes a report from the tables of a lake and writes it to standard output. docs/reports.md defines every figure. Build the tables first: entrepot lake build. Without --folder, --stage or --bucket it asks the lake of the backend that runs on this machine.\n\nReports:\n${names.join('\n')}`,
    )
    .argument('<name>', 'the name of the report', reportName)
    .option(
      '--period <period>',
      'a day 2026-11-28, an ISO week 2026-W48, or a month 2026-11. The default is yesterday',
    )
    .addOption(
      new Option('--format <format>', 'html is a page that needs nothing else')
        .choices(reportFormats)
        .default('table'),
    )
    .option('--time-zone <zone>', "the merchant's time zone: it decides which day is which", 'UTC')
    .option('--currency <code>', 'the currency that amounts are converted to', 'EUR')
    .option('--table <table>', 'the table that CSV shows. The default is the first table of the report')
    .option('--storefront <id>', 'only the figures of this storefront')
    .option(
      '--set <name=value>',
      'a parameter of the report, such as priceChange=-10; docs/reports.md lists them. May be repeated',
      parameter,
    )
    .option('--locale <tag>', "the reader's language and country, for the numbers of a page", locale, 'en');
  withWhere(command).action((name: string, values: Values) => {
    const { period, format, timeZone, currency, table, storefront: storefrontId, set = {} } = values;
    const asked = { name, period, format, timeZone, currency, table, storefrontId, parameters: set };
    return run({ ...asked, locale: values.locale, where: whereOf(values) });
  });
  addList(command, list);
}

interface ListValues extends OperatorValues {
  readonly json?: true;
  readonly stored?: true;
  readonly report?: string;
}

function addList(report: Command, list: (options: ListOptions) => Promise<void>): void {
  const command = report
    .command('list')
    .summary('list the reports, or those that a backend has stored')
    .description(
      'Lists the reports: what each answers, its periods and its parameters. With --stored it lists the reports that a running backend has stored, the newest period first.',
    )
    .option('--json', 'as JSON, with the tables and the definitions of the parameters')
    .option('--stored', 'the stored reports of the backend at --url')
    .addOption(
      new Option('--report <name>', 'only this one, of the stored reports').choices(
        lakeReports.map(({ name }) => name),
      ),
    );
  withOperator(command, 'reports:read').action((_values: ListValues, own: Command) => {
    // The report that is made has options of the same names.
    const { json, stored, report: only, ...operator } = own.optsWithGlobals<ListValues>();
    return list({
      format: json === true ? 'json' : 'table',
      stored: stored === true ? { ...operatorOptions(operator), report: only } : undefined,
    });
  });
}

function reportName(text: string): string {
  if (lakeReports.every(({ name }) => name !== text))
    throw new InvalidArgumentError(`It takes one of ${lakeReports.map(({ name }) => name).join(', ')}.`);
  return text;
}

/** The parameters given before, and one more. */
function parameter(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, value] = /^([A-Za-z]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It takes a name and a value, such as priceChange=-10.');
  return { ...before, [name]: value };
}

function locale(text: string): string {
  try {
    return new Intl.Locale(text).toString();
  } catch {
    throw new InvalidArgumentError('It takes a language such as en, de-AT or ar-EG.');
  }
}
