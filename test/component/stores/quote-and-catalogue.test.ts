import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCatalogueStore } from '../../../shared/aws/catalogue/catalogue-store.ts';
import { closedWarehouses } from '../../../shared/aws/catalogue/network-store.ts';
import { createStorefrontStore } from '../../../shared/aws/catalogue/storefront-store.ts';
import { createRatesStore } from '../../../shared/aws/rates/rates-store.ts';
import { keys } from '../../../shared/aws/table.ts';
import { tableAnswers } from '../../../shared/aws/table-health.ts';
import type { Product, Warehouse } from '../../../shared/catalogue/index.ts';
import { minuteMs, secondMs } from '../../../shared/kernel/time.ts';
import type { Quote } from '../../../shared/quote/index.ts';
import { verifyQuote } from '../../../shared/quote/quote.ts';
import type { ExchangeRates } from '../../../shared/rates/index.ts';
import { landedCost } from '../../builders/landed-cost.ts';
import { lane as aLane, warehouse as aWarehouse } from '../../builders/network.ts';
import { openShop, type Shop, signingKey } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';
import { tableThrough } from './table-through.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

describe('a quote', () => {
  test('is read as it was signed', async () => {
    const quote = await shop.quote(landedCost());
    const read = await shop.quotes.get(quote.quoteId);
    expect(read).toEqual(quote);
    expect(verifyQuote(read as Quote, signingKey)).toBe(true);
    expect(verifyQuote(read as Quote, 'another-key')).toBe(false);
  });

  test.each<[string, (quote: Quote) => Quote]>([
    ['a cheaper total', (quote) => withTotal(quote, 1)],
    ['a later end', (quote) => ({ ...quote, expiresAt: '2031-01-01T00:00:00.000Z' })],
    ['another storefront', (quote) => ({ ...quote, storefrontId: 'outlet' })],
    ['another id', (quote) => ({ ...quote, quoteId: 'quo_01KAXB3J5K0000000000000000' })],
    ['no signature', (quote) => ({ ...quote, signature: '' })],
  ])('is known to be altered: %s', async (_what, alter) => {
    const quote = await shop.quote(landedCost());
    expect(verifyQuote(alter(quote), signingKey)).toBe(false);
  });

  test('is deleted a week after it expired, when no order can use it', async () => {
    const quote = await shop.quote(landedCost());
    const item = await on.item(keys.quote(quote.quoteId));
    expect(item?.expiresAt).toBe(Date.parse('2026-11-30T10:30:00.000Z') / 1000);
  });

  test('is absent if nobody made it', async () => {
    expect(await shop.quotes.get('quo_01KAXB3J5K0000000000000000')).toBeUndefined();
  });
});

function withTotal(quote: Quote, amount: number): Quote {
  const options = quote.options.map((option) => {
    const { totals } = option.landedCost;
    const cheaper = { ...totals, total: { ...totals.total, amount } };
    return { ...option, landedCost: { ...option.landedCost, totals: cheaper } };
  });
  return { ...quote, options };
}

const product = (sku: string): Product => ({
  sku,
  description: 'Linen tea towel',
  hsCode: '630260',
  nationalCodes: { EU: '63026000' },
  originCountry: 'IN',
  unitWeightGrams: 180,
  dimensions: { lengthMm: 300, widthMm: 200, heightMm: 20 },
  prices: [{ amount: 1200, currency: 'EUR' }],
});

const warehouse = (warehouseId: string, over: Partial<Warehouse> = {}) =>
  aWarehouse({ warehouseId, ...over });

describe('the catalogue', () => {
  let now = 0;
  const clock = () => new Date(now);
  /** The stores of two containers, each with its own cache. */
  const twoOf = () => [createCatalogueStore(on.table, clock), createCatalogueStore(on.table, clock)] as const;

  test('gives the products that it has, each once, for any number of requested SKUs', async () => {
    const [catalogue] = twoOf();
    const skus = Array.from({ length: 130 }, (_, index) => `SKU-${index}`);
    await Promise.all(skus.map((sku) => catalogue.putProduct(product(sku))));
    const found = await catalogue.productsBySku([...skus, 'SKU-1', 'NEVER']);
    expect(found.map(({ sku }) => sku).toSorted()).toEqual(skus.toSorted());
    expect(found.find(({ sku }) => sku === 'SKU-7')).toEqual(product('SKU-7'));
    expect(await catalogue.productsBySku([])).toEqual([]);
  });

  test('gives a product’s new price at once', async () => {
    const [catalogue, other] = twoOf();
    await catalogue.putProduct(product('PRICED'));
    await catalogue.putProduct({ ...product('PRICED'), prices: [{ amount: 900, currency: 'EUR' }] });
    expect((await other.productsBySku(['PRICED']))[0]?.prices).toEqual([{ amount: 900, currency: 'EUR' }]);
  });

  test('gives a changed warehouse at once, wherever it was changed', async () => {
    const [here, elsewhere] = twoOf();
    await here.putWarehouse(warehouse('pl-poznan'));
    expect((await here.network()).warehouses).toEqual([warehouse('pl-poznan')]);
    expect((await elsewhere.network()).warehouses).toEqual([warehouse('pl-poznan')]);
    await here.putWarehouse(warehouse('pl-poznan', { active: false }));
    expect((await here.network()).warehouses.map(({ active }) => active)).toEqual([false]);
    expect((await elsewhere.network()).warehouses.map(({ active }) => active)).toEqual([false]);
    expect([...(await closedWarehouses(on.table))]).toEqual(['pl-poznan']);
    await elsewhere.putWarehouse(warehouse('pl-poznan'));
    expect((await here.network()).warehouses.map(({ active }) => active)).toEqual([true]);
    expect([...(await closedWarehouses(on.table))]).toEqual([]);
  });

  test('reads the network again only after a change in it', async () => {
    const sent: string[] = [];
    const counting = tableThrough(on, ({ operation }, ask) => {
      sent.push(operation);
      return ask();
    });
    const catalogue = createCatalogueStore(counting, clock);
    const first = await catalogue.network();
    expect(await catalogue.network()).toBe(first);
    expect(sent).toEqual(['GetItem', 'Query', 'GetItem']);
    now += minuteMs;
    expect(await catalogue.network()).toEqual(first);
    expect(sent.filter((name) => name === 'Query')).toHaveLength(2);
  });

  test('gives a new mark of a carrier at once, with its author and time', async () => {
    const [here, elsewhere] = twoOf();
    expect((await elsewhere.network()).carriers).toEqual([]);
    expect(await elsewhere.marksOf('acme')).toEqual([]);
    const mark = (status: 'up' | 'down', markedAt: string) => {
      return { carrier: 'acme', status, reason: 'strike', markedBy: 'op-1', markedAt };
    };
    const [down, up] = [mark('down', '2026-11-23T10:00:00.000Z'), mark('up', '2026-11-23T11:00:00.000Z')];
    await here.markCarrier(down);
    expect((await elsewhere.network()).carriers).toEqual([down]);
    await elsewhere.markCarrier(up);
    expect((await here.network()).carriers).toEqual([up]);
    expect(await here.marksOf('acme')).toEqual([up, down]);
    expect(await here.marksOf('other')).toEqual([]);
  });

  test('counts every one of many simultaneous changes', async () => {
    const [here, elsewhere] = twoOf();
    const before = Number((await on.item(keys.networkStamp))?.version);
    const ids = Array.from({ length: 6 }, (_, index) => `at-once-${index}`);
    await Promise.all(
      ids.map((id, index) => (index % 2 ? here : elsewhere).putWarehouse(warehouse(id, { active: false }))),
    );
    expect(Number((await on.item(keys.networkStamp))?.version)).toBe(before + 6);
    expect([...(await closedWarehouses(on.table))].toSorted()).toEqual(ids);
  });

  test('reads all pages of a large network', async () => {
    const [here, elsewhere] = twoOf();
    const lane = aLane({ countries: Array.from({ length: 200 }, () => 'DE') });
    const lanes = Array.from({ length: 100 }, () => lane);
    const network = Array.from({ length: 9 }, (_, index) => warehouse(`w-${index}`, { lanes }));
    for (const each of network) await here.putWarehouse(each);
    const read = (await elsewhere.network()).warehouses;
    expect(JSON.stringify(read).length).toBeGreaterThan(1_048_576);
    expect(read.map(({ warehouseId }) => warehouseId)).toEqual([
      ...Array.from({ length: 6 }, (_, index) => `at-once-${index}`),
      'pl-poznan',
      ...network.map(({ warehouseId }) => warehouseId),
    ]);
  });

  test('has no registrations before they are stored', async () => {
    const [catalogue, elsewhere] = twoOf();
    const seller = { name: 'Seller GmbH', importer: { EU: 'DE123456789012345' }, ioss: 'IM2760000001' };
    expect(await catalogue.seller()).toBeUndefined();
    await catalogue.putSeller(seller);
    expect(await catalogue.seller()).toEqual(seller);
    expect(await elsewhere.seller()).toEqual(seller);
  });
});

describe('exchange rates', () => {
  test('are the rates of the latest day, or none before the first', async () => {
    let now = 0;
    const rates = createRatesStore(on.table, () => new Date(now));
    const ecb: ExchangeRates = {
      ...{ id: 'ecb-2026-11-23', base: 'EUR', date: '2026-11-23', source: 'ECB' },
      rates: { USD: '1.0412', GBP: '0.8301' },
    };
    expect(await rates.current()).toBeUndefined();
    await rates.put(ecb);
    expect(await rates.current()).toEqual(ecb);
    const next = { ...ecb, id: 'ecb-2026-11-24', date: '2026-11-24' };
    await createRatesStore(on.table, () => new Date(now)).put(next);
    expect((await rates.current())?.id).toBe('ecb-2026-11-23');
    now += 5 * secondMs;
    expect(await rates.current()).toEqual(next);
    // An earlier day that is stored late does not take the place of a later one.
    await rates.put({ ...ecb, id: 'ecb-2026-11-20', date: '2026-11-20' });
    expect(await rates.current()).toEqual(next);
    // The same day stored again does.
    await rates.put({ ...next, id: 'ecb-2026-11-24-corrected' });
    expect((await rates.current())?.id).toBe('ecb-2026-11-24-corrected');
  });

  test('of a month are read in that month, and for two months at the turn; they are not daily rates', async () => {
    let now = '2026-11-23T10:00:00.000Z';
    const rates = createRatesStore(on.table, () => new Date(now));
    const before = await rates.current();
    const month = (kind: 'hmrc-month' | 'eu-customs-month', name: string): ExchangeRates => ({
      ...{ id: `${kind}-${name}`, base: 'GBP', date: '2026-11-23', source: 'fixture', kind, month: name },
      rates: { USD: '1.3100' },
    });
    expect(await rates.customs()).toEqual([]);
    for (const name of ['2026-10', '2026-11', '2026-12']) await rates.put(month('hmrc-month', name));
    await rates.put(month('eu-customs-month', '2026-11'));
    const ids = async () => (await rates.customs()).map(({ id }) => id).sort();
    expect(await ids()).toEqual(['eu-customs-month-2026-11', 'hmrc-month-2026-11']);
    now = '2026-11-30T10:00:00.000Z';
    expect(await ids()).toEqual(['eu-customs-month-2026-11', 'hmrc-month-2026-11', 'hmrc-month-2026-12']);
    now = '2026-12-02T10:00:00.000Z';
    expect(await ids()).toEqual(['hmrc-month-2026-12']);
    expect(await rates.current()).toEqual(before);
  });

  test('of currencies that the daily table lacks stay when other tables are stored', async () => {
    const now = '2026-11-24T10:00:00.000Z';
    const rates = createRatesStore(on.table, () => new Date(now));
    const bank = (over: Partial<ExchangeRates>): ExchangeRates => ({
      ...{ id: 'csv-2026-11-23-1', base: 'EUR', date: '2026-11-23', source: 'a bank', kind: 'additional' },
      rates: { AED: '4.25', SAR: '4.34' },
      ...over,
    });
    const daily = await rates.current();
    await rates.put(bank({}));
    await rates.put(bank({ date: '2026-11-24', source: 'another', rates: { SAR: '4.35', KES: '150' } }));
    // A rate of an earlier day replaces none of a later day.
    await rates.put(bank({ date: '2026-11-20', rates: { SAR: '9' } }));
    expect(await rates.current()).toEqual({
      ...daily,
      rates: { ...daily?.rates, AED: '4.25', SAR: '4.35', KES: '150' },
      others: {
        AED: { date: '2026-11-23', source: 'a bank' },
        SAR: { date: '2026-11-24', source: 'another' },
        KES: { date: '2026-11-24', source: 'another' },
      },
    });
    await rates.put({ ...(daily as ExchangeRates), rates: { USD: '1.1' } });
    expect((await rates.current())?.rates).toMatchObject({ USD: '1.1', AED: '4.25' });
    expect(await rates.latestDaily()).toEqual({ ...daily, rates: { USD: '1.1' } });
    await rates.put(daily as ExchangeRates);
  });

  test('with errors in the table throw, and are not cached', async () => {
    let now = 0;
    const rates = createRatesStore(on.table, () => new Date(now));
    const good = await rates.latestDaily();
    const { client, name } = on.table;
    const put = (text: string) =>
      client.send(
        new PutCommand({ TableName: name, Item: { ...keys.rates('daily', '2026-11-25'), rates: text } }),
      );
    await put('{"id":""}');
    now += 5 * secondMs;
    await expect(rates.current()).rejects.toThrow();
    await put(JSON.stringify(good));
    expect(await rates.current()).toMatchObject({ id: good?.id });
  });
});

describe('a storefront', () => {
  test('is known only by its key, and only the hash of the key is stored', async () => {
    const storefronts = createStorefrontStore(on.table);
    const shop = { storefrontId: 'shop', name: 'The shop', takesFreeOrders: true };
    await storefronts.put(shop, 'pk_secret');
    expect(await storefronts.byKey('pk_secret')).toEqual(shop);
    expect(await storefronts.byKey('pk_other')).toBeUndefined();
    expect(JSON.stringify(await on.items())).not.toContain('pk_secret');
  });

  test('has its new name after it is stored again', async () => {
    const storefronts = createStorefrontStore(on.table);
    await storefronts.put(
      { storefrontId: 'shop', name: 'The better shop', takesFreeOrders: false },
      'pk_secret',
    );
    expect(await storefronts.byKey('pk_secret')).toMatchObject({
      name: 'The better shop',
      takesFreeOrders: false,
    });
  });
});

test('the health check passes for a table that answers, and fails for a missing table', async () => {
  expect(await tableAnswers(on.table)).toBe(true);
  expect(await tableAnswers({ ...on.table, name: 'no-such-table' })).toBe(false);
});
