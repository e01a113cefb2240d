import type { ApiClient } from '../client/api-client.ts';
import { counted, problemLines } from '../files/problems.ts';
import { readTextFile } from '../files/read-text-file.ts';
import type { RateTable, ReadFile } from './rate-table.ts';
import type { FileKind, RatesOptions } from './rates-options.ts';
import { readEcb } from './read-ecb.ts';
import { readHmrc } from './read-hmrc.ts';

const READERS: Readonly<Record<FileKind, (text: string) => ReadFile<readonly RateTable[]>>> = {
  'ecb-daily': readEcb,
  'ecb-90d': readEcb,
  hmrc: readHmrc,
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
  }
  return true;
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

/** Adds spread and expiry to the rates that convert prices. Rates for customs values have neither. */
function withSettings(
  table: RateTable,
  { spreadBasisPoints, expiresAt }: Pick<RatesOptions, 'spreadBasisPoints' | 'expiresAt'>,
) {
  if (table.kind !== 'daily') return table;
  return {
    ...table,
    ...(spreadBasisPoints === undefined ? {} : { spreadBasisPoints }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
