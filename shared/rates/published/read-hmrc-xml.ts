import { isCalendarDate } from '../../kernel/time.ts';
import { checkRows, type FileProblem, type RateRow, type RateTable, type ReadFile } from './rate-table.ts';
import { elementsNamed, isXmlError, readXml } from './read-xml.ts';

const SOURCE = 'HM Revenue & Customs, exchange rates for customs and VAT';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Reads a monthly file of HMRC in XML: `<exchangeRateMonthList Period="01/Nov/2026 to 30/Nov/2026">` with one
 * `exchangeRate` for each country.
 */
export function readHmrcXml(text: string): ReadFile<readonly RateTable[]> {
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
  return hmrcTable(rows, from.slice(0, 7), []);
}

/** The rates of a month for one pound. `before` are errors that were found while the rows were read. */
export function hmrcTable(
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
