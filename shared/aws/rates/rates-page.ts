import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type ExchangeRates, exchangeRatesSchema, type RateKind } from '../../rates/index.ts';
import type { Table } from '../clients.ts';
import { readPage } from '../read-page.ts';
import { keys } from '../table.ts';

interface RatesPage {
  readonly tables: ExchangeRates[];
  /** The day or month at which the page ended; undefined on the last one. */
  readonly last: string | undefined;
}

/**
 * Tables of exchange rates of one kind, the newest first, as they are stored. Additional rates are one table for each
 * currency, all on one page.
 */
export async function ratesPage(
  table: Table,
  kind: RateKind,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<RatesPage> {
  if (kind === 'additional') return { tables: await additional(table), last: undefined };
  const { pk, sk } = keys.rates(kind, '');
  const { items, last } = await readPage(table, { pk, prefix: sk, limit, after, descending: true });
  return { tables: items.map(({ rates }) => read(rates)), last };
}

async function additional(table: Table): Promise<ExchangeRates[]> {
  const { Item = {} } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: keys.additionalRates }),
  );
  return Object.keys(Item)
    .filter((name) => /^[A-Z]{3}$/.test(name))
    .sort()
    .map((currency) => read(Item[currency]));
}

const read = (text: unknown): ExchangeRates => exchangeRatesSchema.parse(JSON.parse(String(text)));
