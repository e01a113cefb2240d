import { BatchGetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { hourMs } from '../../kernel/time.ts';
import type { RatesStore } from '../../rates/index.ts';
import { type ExchangeRates, exchangeRatesSchema } from '../../rates/index.ts';
import type { Table } from '../clients.ts';
import { fresh } from '../fresh.ts';
import { type Key, keys } from '../table.ts';

const MONTHLY = ['eu-customs-month', 'hmrc-month'] as const;

/**
 * Tables of exchange rates, by kind and day or month; storing a table again replaces it. Quotes keep a copy of the
 * rates that they used, so later tables don't change them.
 */
export function createRatesStore(table: Table, clock: () => Date): RatesStore {
  const current = fresh(clock, () => latestDaily(table));
  const customs = fresh(clock, () => monthly(table, monthsAround(clock())));
  return {
    current: () => current.get(),
    customs: () => customs.get(),
    async put(rates) {
      const { kind = 'daily', month, date } = rates;
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...keys.rates(kind, month ?? date), rates: JSON.stringify(rates) },
        }),
      );
      current.forget();
      customs.forget();
    },
  };
}

const readRates = (item: Record<string, unknown>): ExchangeRates =>
  exchangeRatesSchema.parse(JSON.parse(String(item.rates)));

async function latestDaily(table: Table): Promise<ExchangeRates | undefined> {
  const { pk, sk } = keys.rates('daily', '');
  const { Items } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  const latest = Items?.[0];
  return latest === undefined ? undefined : readRates(latest);
}

async function monthly(table: Table, months: readonly string[]): Promise<ExchangeRates[]> {
  const tables: ExchangeRates[] = [];
  let wanted: Key[] = MONTHLY.flatMap((kind) => months.map((month) => keys.rates(kind, month)));
  while (wanted.length > 0) {
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: wanted.map((key) => ({ ...key })) } } }),
    );
    tables.push(...(Responses?.[table.name] ?? []).map(readRates));
    wanted = (UnprocessedKeys?.[table.name]?.Keys ?? []) as Key[];
  }
  return tables;
}

/** The current months anywhere on Earth: at the turn of a month there are two. */
function monthsAround(now: Date): string[] {
  const monthAt = (hours: number) => new Date(now.getTime() + hours * hourMs).toISOString().slice(0, 7);
  return [...new Set([monthAt(-12), monthAt(14)])];
}
