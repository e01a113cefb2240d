import { isCalendarDate } from '../../../shared/kernel/time.ts';
import type { FileProblem, RateTable, ReadFile } from '../../../shared/rates/published/rate-table.ts';
import { hmrcTable, readHmrcXml } from '../../../shared/rates/published/read-hmrc-xml.ts';
import { type CsvRow, columnPlaces, readCsv, withDecimalPoint } from '../files/csv.ts';

/**
 * Reads a monthly file of HMRC, in CSV (`monthly_csv_2026-11.csv`) or in XML (`monthly_xml_2026-11.xml`). The content
 * decides which of the two it is.
 */
export function readHmrc(text: string): ReadFile<readonly RateTable[]> {
  return text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('<')
    ? readHmrcXml(text)
    : readMonthlyCsv(text);
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
  return hmrcTable(rows, month ?? '', errors);
}

/** The month of a day: `2026-11` for `01/11/2026`, and for `01.11.2026` as a German spreadsheet saves it. */
function monthOf(day: string): string | undefined {
  const [, date = '', month = '', year = ''] = /^(\d\d)[/.](\d\d)[/.](\d{4})$/.exec(day) ?? [];
  return isCalendarDate(`${year}-${month}-${date}`) ? `${year}-${month}` : undefined;
}
