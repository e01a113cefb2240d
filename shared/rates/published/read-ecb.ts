import { isCalendarDate } from '../../kernel/time.ts';
import { ratesExpireAt } from '../exchange-rates.ts';
import { customsMonthsOf } from './customs-month.ts';
import { ecbRatesExpireAt } from './publication-days.ts';
import { checkRows, type DayOfRates, type FileProblem, type RateTable, type ReadFile } from './rate-table.ts';
import { elementsNamed, isXmlError, readXml, type XmlElement } from './read-xml.ts';

const SOURCE = 'European Central Bank, euro foreign exchange reference rates';

/**
 * Reads `eurofxref-daily.xml` or `eurofxref-hist-90d.xml`. The file has one `Cube` with a `time` for each day. In it
 * there is one `Cube` with `currency` and `rate` for each currency. Gives the rates of every day, the latest first,
 * and the customs rates of each month whose deciding Wednesday is in the file.
 */
export function readEcb(text: string): ReadFile<readonly RateTable[]> {
  const root = readXml(text);
  if (isXmlError(root)) return { ok: false, errors: [root] };
  const cubes = elementsNamed(root, 'Cube').filter(({ attributes }) => attributes.time !== undefined);
  if (root.name !== 'Envelope' || cubes.length === 0)
    return {
      ok: false,
      errors: [{ line: root.line, reason: 'this is not a file of reference rates: it has no day' }],
    };
  const errors: FileProblem[] = [];
  const unknown = new Set<string>();
  const days = cubes.flatMap((cube) => {
    const day = readDay(cube);
    errors.push(...day.errors);
    for (const code of day.unknownCurrencies) unknown.add(code);
    return day.errors.length > 0 ? [] : [{ date: day.date, rates: day.rates }];
  });
  for (const [index, { attributes, line }] of cubes.entries())
    if (cubes.findIndex((other) => other.attributes.time === attributes.time) < index)
      errors.push({ line, reason: `${attributes.time} occurs twice in the file` });
  if (errors.length > 0) return { ok: false, errors: errors.toSorted((a, b) => a.line - b.line) };
  return { ok: true, value: tablesOf(days), unknownCurrencies: [...unknown].sort() };
}

function readDay(cube: XmlElement) {
  const date = cube.attributes.time ?? '';
  const rows = cube.children.map(({ line, attributes: { currency = '', rate = '' } }) => ({
    line,
    currency,
    rate,
  }));
  const { errors, ...checked } = checkRows(rows);
  const dateErrors = isCalendarDate(date)
    ? []
    : [{ line: cube.line, reason: `${JSON.stringify(date)} is not a day` }];
  const empty = rows.length > 0 ? [] : [{ line: cube.line, reason: `${date} has no rates` }];
  return { date, ...checked, errors: [...dateErrors, ...empty, ...errors] };
}

/** Rates before several days without a publication are used for longer than others. */
function expiryOf(date: string): { readonly expiresAt?: string } {
  const expiresAt = ecbRatesExpireAt(date);
  return expiresAt > ratesExpireAt({ date }) ? { expiresAt } : {};
}

function tablesOf(days: readonly DayOfRates[]): RateTable[] {
  const byDate = days.toSorted((a, b) => a.date.localeCompare(b.date));
  const daily = byDate.toReversed().map(
    ({ date, rates }): RateTable => ({
      id: `ecb-${date}`,
      base: 'EUR',
      date,
      source: SOURCE,
      kind: 'daily',
      rates,
      ...expiryOf(date),
    }),
  );
  const monthly = customsMonthsOf(byDate).map(
    ({ month, day }): RateTable => ({
      id: `ecb-customs-${month}`,
      base: 'EUR',
      date: day.date,
      source: `${SOURCE}, of the second-last Wednesday`,
      kind: 'eu-customs-month',
      month,
      rates: day.rates,
    }),
  );
  return [...daily, ...monthly];
}
