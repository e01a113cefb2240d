import { isCalendarDate } from '../../../shared/kernel/time.ts';
import { type CsvRow, columnPlaces, readCsv, withDecimalPoint } from '../files/csv.ts';
import type { FileProblem } from '../files/problems.ts';
import { checkRows, type RateRow, type RateTable, type ReadFile } from './rate-table.ts';
import { elementsNamed, isXmlError, readXml } from './read-xml.ts';

const SOURCE = 'HM Revenue & Customs, exchange rates for customs and VAT';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Reads a monthly file of HMRC, in CSV (`monthly_csv_2026-11.csv`) or in XML (`monthly_xml_2026-11.xml`). The content
 * decides which of the two it is.
 */
export function readHmrc(text: string): ReadFile<readonly RateTable[]> {
  return text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('<')
    ? readMonthlyXml(text)
    : readMonthlyCsv(text);
}

/** Reads `<exchangeRateMonthList Period="01/Nov/2026 to 30/Nov/2026">` with one `exchangeRate` for each country. */
function readMonthlyXml(text: string): ReadFile<readonly RateTable[]> {
  const root = readXml(text);
  if (isXmlError(root)) return { ok: false, errors: [root] };
  const [, day = '', name = '', year = ''] =
    /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}) to /.exec(root.attributes.Period ?? '') ?? [];
  const from = `${year}-${(MONTHS.indexOf(name) + 1).toString().padStart(2, '0')}-${day}`;
  if (root.name !== 'exchangeRateMonthList' || !isCalendarDate(from)) {
    const reason =
      'this is not a monthly file: the root of such a file is an exchangeRateMonthList with a Period';
    return { ok: false, errors: [{ line: root.line, reason }] };
  }
  const rows = elementsNamed(root, 'exchangeRate').map((element): RateRow => {
    const textOf = (child: string) => element.children.find(({ name: its }) => its === child)?.text ?? '';
    return { line: element.line, currency: textOf('currencyCode'), rate: textOf('rateNew') };
  });
  return tableOf(rows, from.slice(0, 7), []);
}

const COLUMNS = {
  currency: ['Currency Code'],
  rate: ['Currency Units per £1', 'Currency Units per 1', 'Currency Units per \uFFFD1'],
  from: ['Start date'],
  to: ['End date'],
} as const;

/**
 * Reads `Country/Territories,Currency,Currency Code,Currency Units per £1,Start date,End date`. Days are written
 * 01/11/2026.
 */
function readMonthlyCsv(text: string): ReadFile<readonly RateTable[]> {
  const csv = readCsv(text);
  if ('problems' in csv) return { ok: false, errors: csv.problems };
  const { delimiter, header, rows: body } = csv;
  const places = columnPlaces(header, COLUMNS);
  const missing = [...places].flatMap(([name, at]) => (at === -1 ? [COLUMNS[name][0]] : []));
  if (missing.length > 0) {
    const reason = `this is not a monthly file of HMRC: missing columns: ${missing.join(', ')}`;
    return { ok: false, errors: [{ line: header.line, reason }] };
  }
  const cell = ({ cells }: CsvRow, column: keyof typeof COLUMNS) => cells[places.get(column) ?? -1] ?? '';
  const month = monthOf(body[0] === undefined ? '' : cell(body[0], 'from'));
  const errors = body.flatMap((row): FileProblem[] => {
    const [from, to] = [cell(row, 'from'), cell(row, 'to')];
    const isOfMonth = month !== undefined && monthOf(from) === month && monthOf(to) === month;
    return isOfMonth ? [] : [{ line: row.line, reason: `${from} to ${to} is not the month of the file` }];
  });
  const rows = body.map((row) => ({
    line: row.line,
    currency: cell(row, 'currency'),
    rate: withDecimalPoint(cell(row, 'rate'), delimiter),
  }));
  return tableOf(rows, month ?? '', errors);
}

/** The month of a day: `2026-11` for `01/11/2026`, and for `01.11.2026` as a German spreadsheet saves it. */
function monthOf(day: string): string | undefined {
  const [, date = '', month = '', year = ''] = /^(\d\d)[/.](\d\d)[/.](\d{4})$/.exec(day) ?? [];
  return isCalendarDate(`${year}-${month}-${date}`) ? `${year}-${month}` : undefined;
}

function tableOf(
  rows: readonly RateRow[],
  month: string,
  before: readonly FileProblem[],
): ReadFile<readonly RateTable[]> {
  const { rates, unknownCurrencies, errors } = checkRows(rows);
  const empty = rows.length === 0 ? [{ line: 1, reason: 'the file has no rates' }] : [];
  const all = [...before, ...errors, ...empty].toSorted((a, b) => a.line - b.line);
  if (all.length > 0) return { ok: false, errors: all };
  const { GBP: _base, ...others } = rates;
  const table = { id: `hmrc-${month}`, base: 'GBP', source: SOURCE, kind: 'hmrc-month', month } as const;
  return { ok: true, value: [{ ...table, date: `${month}-01`, rates: others }], unknownCurrencies };
}
