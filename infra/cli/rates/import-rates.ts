import { ratesExpireAt } from '../../../shared/rates/exchange-rates.ts';
import type { RateTable, ReadFile } from '../../../shared/rates/published/rate-table.ts';
import { readEcb } from '../../../shared/rates/published/read-ecb.ts';
import type { ApiClient } from '../client/api-client.ts';
import { counted, problemLines } from '../files/problems.ts';
import { readTextFile } from '../files/read-text-file.ts';
import type { FileKind, RatesOptions } from './rates-options.ts';
import { readCsvRates } from './read-csv-rates.ts';
import { readHmrc } from './read-hmrc.ts';

const READERS: Readonly<Record<FileKind, (text: string) => ReadFile<readonly RateTable[]>>> = {
  'ecb-daily': readEcb,
  'ecb-90d': readEcb,
  hmrc: readHmrc,
  csv: readCsvRates,
};

/** Reads the file or the address as text. Throws an Error whose message can be shown to the user. */
export async function readSource(from: string): Promise<string> {
  if (!/^https?:\/\//.test(from)) return readTextFile(from);
  const response = await fetch(from, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`${from} answered ${response.status}`);
  return response.text();
}

/**
 * Reads the file, and stores each of its tables unless it is a dry run. Prints its messages with `say`. Returns
 * whether the file had no error. An interrupted import can be repeated: a table that is stored again replaces itself.
 */
export async function importRates(
  options: Pick<RatesOptions, 'kind' | 'from' | 'spreadBasisPoints' | 'expiresAt' | 'dryRun'>,
  text: string,
  operator: () => Promise<ApiClient>,
  say: (line: string) => void,
): Promise<boolean> {
  const read = READERS[options.kind](text);
  if (!read.ok) {
    for (const line of problemLines(options.from, read.errors)) say(line);
    say(`${counted(read.errors.length, 'error')}: nothing was stored`);
    return false;
  }
  if (read.unknownCurrencies.length > 0)
    say(`left out, because no storefront can use these currencies: ${read.unknownCurrencies.join(', ')}`);
  const client = options.dryRun ? undefined : await operator();
  const verb = options.dryRun ? 'would store' : 'stored';
  const { reported, earlier } = byInterest(read.value);
  for (const table of earlier) await client?.call(putting(table));
  const [first, last] = [earlier.at(-1), earlier[0]];
  if (first !== undefined && last !== undefined)
    say(`${verb} ${counted(earlier.length, 'earlier day')} of rates, from ${first.date} to ${last.date}`);
  for (const table of reported) {
    await client?.call(putting(withSettings(table, options)));
    const { month, date, rates, base, kind, id } = table;
    const currencies = counted(Object.keys(rates).length, 'currency', 'currencies');
    say(`${verb} ${id}: ${kind} rates of ${month ?? date}, ${currencies} for one ${base}`);
    if (kind === 'additional') for (const line of remarksOn(table, options)) say(line);
  }
  return true;
}

/** The currencies of the daily file of the European Central Bank in 2026. */
const OF_THE_ECB =
  'AUD BRL CAD CHF CNY CZK DKK GBP HKD HUF IDR ILS INR ISK JPY KRW MXN MYR NOK NZD PHP PLN RON SEK SGD THB TRY USD ZAR';

/** What a person should know about additional rates that will not be used. */
function remarksOn(
  { date, rates }: RateTable,
  { expiresAt }: Pick<RatesOptions, 'expiresAt'>,
): readonly string[] {
  const inVain = Object.keys(rates).filter((currency) => OF_THE_ECB.includes(currency));
  const end = expiresAt ?? ratesExpireAt({ date });
  return [
    ...(inVain.length === 0
      ? []
      : [
          `${inVain.join(', ')}: used only while the daily rates lack this currency, and the ECB publishes it`,
        ]),
    ...(end > new Date().toISOString()
      ? []
      : [`rates of ${date} have expired: say with --expires until when they may be used`]),
  ];
}

const putting = (body: object) => ({ method: 'PUT', path: '/v1/admin/exchange-rates', body }) as const;

/**
 * The tables in two groups. Rates that quotes and declarations will use are listed singly. Rates of earlier days are
 * used by tax returns, and are listed together.
 */
function byInterest(tables: readonly RateTable[]) {
  const daily = tables.filter(({ kind }) => kind === 'daily');
  const earlier = daily.slice(1);
  return { reported: tables.filter((table) => !earlier.includes(table)), earlier };
}

/**
 * Adds spread and expiry to the rates that convert prices. Rates for customs values have neither, and the spread is
 * that of the daily table.
 */
function withSettings(
  table: RateTable,
  { spreadBasisPoints, expiresAt }: Pick<RatesOptions, 'spreadBasisPoints' | 'expiresAt'>,
) {
  if (table.kind !== 'daily' && table.kind !== 'additional') return table;
  return {
    ...table,
    ...(spreadBasisPoints === undefined || table.kind === 'additional' ? {} : { spreadBasisPoints }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
