import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sampleRates, sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

interface Amount {
  readonly amount: number;
  readonly currency: string;
}
interface Quoted {
  readonly quoteId: string;
  readonly totals: Readonly<Record<string, Amount>>;
  readonly difference?: Amount;
  readonly changes?: readonly { readonly what: string }[];
  readonly landedCost: {
    readonly exchangeRates?: { readonly id: string; readonly used: Readonly<Record<string, string>> };
    readonly consignments: readonly {
      readonly charges: readonly { kind: string; amount: Amount; base?: Amount; formula: string }[];
    }[];
  };
}

let handlers: HandlersOnEngine;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-12-01T10:00:00.000Z') });
  handlers = await handlersOnEngine();
  await seed(handlers.operator);
});
afterAll(async () => {
  vi.useRealTimers();
  await handlers.stop();
});

/** Lets the time pass after which every container reads stored data again. */
const pass = (ms = 6_000) => vi.setSystemTime(Date.now() + ms);
async function put(path: string, body: object) {
  await handlers.operator.call({ method: 'PUT', path: `/v1/admin/${path}`, body });
  pass();
}

/** EUR 19.90 without tax. */
const cart = {
  destination: { country: 'DE', postalCode: '20095' },
  lines: [{ sku: 'TSHIRT-COTTON-NAVY', quantity: 2 }],
};
const quote = (currency: string) =>
  handlers.operator.call<Quoted>({ method: 'POST', path: '/v1/quotes', body: { ...cart, currency } });
let placed = 0;
const order = (quoteId: string) => {
  placed += 1;
  return handlers.call('2-order/post-order', {
    headers: { 'idempotency-key': `order-${placed}` },
    body: JSON.stringify({
      ...{
        quoteId,
        customer: { email: 'erika@example.com', phone: '+493012345678' },
        payment: { method: 'card' },
      },
      shippingAddress: {
        name: 'Erika',
        line1: 'Musterstraße 1',
        city: 'Hamburg',
        postalCode: '20095',
        country: 'DE',
      },
    }),
  });
};
const goodsOf = ({ landedCost }: Quoted) =>
  landedCost.consignments[0]?.charges.find(({ kind }) => kind === 'goods');

/** Every number of an answer. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('the same cart in several currencies', () => {
  test.each([
    // 19.90 x 180.00 and x 1.1580, half up, twice.
    ['JPY', 2 * 3_582, /^7164 JPY = 3582 JPY x 2; 3582 JPY = 19\.90 EUR x 180\.00/],
    ['USD', 2 * 2_304, /^46\.08 USD = 23\.04 USD x 2; 23\.04 USD = 19\.90 EUR x 1\.1580/],
  ])(
    'in %s has the digits of the currency, and the base amount beside each price',
    async (currency, goods, formula) => {
      const quoted = await quote(currency);
      expect(quoted.totals.goods).toEqual({ amount: goods, currency });
      expect(goodsOf(quoted)).toMatchObject({
        amount: { amount: goods, currency },
        base: { amount: 3_980, currency: 'EUR' },
        formula: expect.stringMatching(formula),
      });
      expect(numbersIn(quoted).filter((number) => !Number.isSafeInteger(number))).toEqual([]);
      const { total, ...parts } = quoted.totals;
      expect(Object.values(parts).reduce((all, { amount }) => all + amount, 0)).toBe(total?.amount);
    },
  );

  test('in BHD gets no quote, because no payment method of the chosen provider takes it', async () => {
    await put('seller', { ...sampleSeller, payment: { providers: ['stripe'] } });
    const body = JSON.stringify({ ...cart, currency: 'BHD' });
    const answer = await handlers.call('1-quote/post-quote', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      errors: [
        { pointer: '/currency', code: 'no-payment-method', detail: 'no payment method takes BHD in DE' },
      ],
    });
    await put('seller', sampleSeller);
  });

  test('has the usual price endings if the merchant wants them, and the base amounts stay the same', async () => {
    const rounding = {
      USD: { to: 'ending', endingMinor: 99, perMinor: 100 },
      JPY: { to: 'step', stepMinor: 100, direction: 'up' },
    };
    await put('seller', { ...sampleSeller, pricing: { rounding } });
    expect(goodsOf(await quote('USD'))).toMatchObject({
      amount: { amount: 2 * 2_299 },
      base: { amount: 3_980 },
    });
    expect(goodsOf(await quote('JPY'))).toMatchObject({
      amount: { amount: 2 * 3_600 },
      base: { amount: 3_980 },
    });
    await put('seller', sampleSeller);
  });
});

describe('the exchange rates of a quote', () => {
  const moved = {
    ...sampleRates,
    id: 'moved',
    date: '2026-12-01',
    rates: { ...sampleRates.rates, USD: '1.3000' },
  };

  test('apply to its order after the table changed, and not to later quotes', async () => {
    const before = await quote('USD');
    expect(before.landedCost.exchangeRates).toMatchObject({ id: sampleRates.id, used: { USD: '1.1580' } });
    await put('exchange-rates', moved);
    const after = await quote('USD');
    expect(after.landedCost.exchangeRates).toMatchObject({ id: 'moved', used: { USD: '1.3000' } });
    expect(after.totals.goods?.amount).toBe(2 * 2_587);

    const { status, body } = await order(before.quoteId);
    expect(status).toBe(201);
    const { orderId } = body as { orderId: string };
    const { body: view } = await handlers.call('2-order/get-order-for-operator', { params: { orderId } });
    expect((view as Quoted).landedCost).toEqual(before.landedCost);
  });

  test('expire with it: the order is refused, and the refresh has the rates of the day', async () => {
    await put('exchange-rates', { ...moved, id: 'back', rates: sampleRates.rates });
    const before = await quote('USD');
    await put('exchange-rates', moved);
    pass(30 * 60_000);
    expect(await order(before.quoteId)).toMatchObject({
      status: 410,
      body: { type: expect.stringContaining('quote-expired'), errors: [{ pointer: '/quoteId' }] },
    });
    const after = await handlers.operator.call<Quoted>({
      ...{ method: 'POST', path: `/v1/quotes/${before.quoteId}/refresh` },
    });
    expect(after.landedCost.exchangeRates).toMatchObject({ id: 'moved' });
    expect(after.totals.goods?.amount).toBe(2 * 2_587);
    expect(after.changes?.map(({ what }) => what)).toContain('fx');
    expect(await order(after.quoteId)).toMatchObject({ status: 201 });
  });
});

describe('a currency that the European Central Bank does not publish', () => {
  /** The goods are priced in euro, and the warehouse in Dubai has its freight in dirhams. */
  const { AED: _dirhams, SAR: _riyals, ...published } = sampleRates.rates;
  const ecb = { ...sampleRates, id: 'ecb', date: '2026-12-02', rates: published };
  const toDubai = {
    destination: { country: 'AE' },
    currency: 'AED',
    lines: [{ sku: 'TSHIRT-COTTON-NAVY', quantity: 1 }],
  };
  const quoteTo = (body: object) =>
    handlers.call('1-quote/post-quote', { body: JSON.stringify(body) }) as Promise<{
      status: number;
      body: Quoted & { detail?: string };
    }>;

  test('refuses no basket whose own plan needs it not', async () => {
    await put('exchange-rates', ecb);
    for (const currency of ['GBP', 'EUR', 'USD'])
      expect(await quoteTo({ ...cart, currency })).toMatchObject({ status: 201 });
    // What stops the basket is said, and not the missing rate of a plan that nobody would choose.
    const refused = await quoteTo({
      destination: { country: 'GB', postalCode: 'SW1A 1AA' },
      currency: 'GBP',
      lines: [{ sku: 'TSHIRT-COTTON-NAVY', quantity: 100_000 }],
    });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).not.toContain('AED');
    expect(await quoteTo(toDubai)).toMatchObject({ status: 422 });
  });

  test('is quoted with a rate of another publisher, which a later daily table does not remove', async () => {
    await put('exchange-rates', {
      ...{
        id: 'csv-2026-12-01-1',
        kind: 'additional',
        base: 'USD',
        date: '2026-12-01',
        source: 'Central bank',
      },
      rates: { AED: '3.6725' },
    });
    await put('exchange-rates', { ...ecb, id: 'ecb-next', rates: { ...published, USD: '1.1600' } });
    const { status, body } = await quoteTo(toDubai);
    expect(status).toBe(201);
    // 3.6725 dirhams for a dollar, and 1.16 dollars for a euro.
    expect(body.landedCost.exchangeRates).toMatchObject({
      id: 'ecb-next',
      used: { AED: '4.2601' },
      others: { AED: { date: '2026-12-01', source: 'Central bank' } },
    });
  });
});
