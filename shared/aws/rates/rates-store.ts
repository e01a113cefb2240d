import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { hourMs, toInstant } from '../../kernel/time.ts';
import {
  type ExchangeRates,
  exchangeRatesSchema,
  type RatesStore,
  withAdditional,
} from '../../rates/index.ts';
import type { Table } from '../clients.ts';
import { fresh } from '../fresh.ts';
import { type Key, keys } from '../table.ts';

const MONTHLY = ['eu-customs-month', 'hmrc-month'] as const;

/**
 * Tables of exchange rates, by kind and day or month; storing a table again replaces it. Quotes keep a copy of the
 * rates that they used, so later tables don't change them. The additional rates of all currencies are one item, which
 * is read together with the monthly tables.
 */
export function createRatesStore(table: Table, clock: () => Date): RatesStore {
  const daily = fresh(clock, () => latestDaily(table));
  const others = fresh(clock, () => monthlyAndAdditional(table, monthsAround(clock())));
  return {
    async current() {
      const [latest, { additional }] = await Promise.all([daily.get(), others.get()]);
      return latest === undefined ? undefined : withAdditional(latest, additional, toInstant(clock()));
    },
    async customs() {
      return (await others.get()).monthly;
    },
    async put(rates) {
      await (rates.kind === 'additional' ? putAdditional(table, rates) : putTable(table, rates));
      daily.forget();
      others.forget();
    },
    latestDaily: () => latestDaily(table),
    async additional() {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keys.additionalRates, ConsistentRead: true }),
      );
      return Item === undefined ? [] : additionalIn(Item);
    },
    async of(kind, period) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keys.rates(kind, period), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : readRates(Item.rates);
    },
  };
}

const readRates = (text: unknown): ExchangeRates => exchangeRatesSchema.parse(JSON.parse(String(text)));

async function putTable(table: Table, rates: ExchangeRates): Promise<void> {
  const { kind = 'daily', month, date } = rates;
  const Item = { ...keys.rates(kind, month ?? date), rates: JSON.stringify(rates) };
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
}

/** The name of the attribute with the day of a currency's additional rate. */
const dayOf = (currency: string) => `${currency}-date`;

/** Stores each rate for itself, so that a later import of some currencies keeps the rates of the others. */
async function putAdditional(table: Table, rates: ExchangeRates): Promise<void> {
  for (const [currency, rate] of Object.entries(rates.rates)) {
    await unlessLater(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: keys.additionalRates,
          UpdateExpression: 'SET #currency = :rates, #day = :day',
          ConditionExpression: 'attribute_not_exists(#day) OR #day <= :day',
          ExpressionAttributeNames: { '#currency': currency, '#day': dayOf(currency) },
          ExpressionAttributeValues: {
            ':rates': JSON.stringify({ ...rates, rates: { [currency]: rate } }),
            ':day': rates.date,
          },
        }),
      ),
    );
  }
}

async function unlessLater(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    // A rate of a later day is stored.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

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
  return latest === undefined ? undefined : readRates(latest.rates);
}

interface OtherRates {
  readonly monthly: ExchangeRates[];
  /** One table for each currency. */
  readonly additional: ExchangeRates[];
}

async function monthlyAndAdditional(table: Table, months: readonly string[]): Promise<OtherRates> {
  const read: OtherRates = { monthly: [], additional: [] };
  const ofMonths = MONTHLY.flatMap((kind) => months.map((month) => keys.rates(kind, month)));
  let wanted: Key[] = [...ofMonths, keys.additionalRates];
  while (wanted.length > 0) {
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: wanted.map((key) => ({ ...key })) } } }),
    );
    for (const item of Responses?.[table.name] ?? []) {
      if (item.sk === keys.additionalRates.sk) read.additional.push(...additionalIn(item));
      else read.monthly.push(readRates(item.rates));
    }
    wanted = (UnprocessedKeys?.[table.name]?.Keys ?? []) as Key[];
  }
  return read;
}

const additionalIn = (item: Readonly<Record<string, unknown>>): ExchangeRates[] =>
  Object.entries(item).flatMap(([name, value]) => (/^[A-Z]{3}$/.test(name) ? [readRates(value)] : []));

/** The current months anywhere on Earth: at the turn of a month there are two. */
function monthsAround(now: Date): string[] {
  const monthAt = (hours: number) => new Date(now.getTime() + hours * hourMs).toISOString().slice(0, 7);
  return [...new Set([monthAt(-12), monthAt(14)])];
}
