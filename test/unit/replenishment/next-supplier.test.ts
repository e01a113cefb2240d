import { describe, expect, it } from 'vitest';
import { comparePrices } from '../../../shared/replenishment/purchasing/compare-prices.ts';
import type { OrderState } from '../../../shared/replenishment/purchasing/order-state.ts';
import { nextProposals } from '../../../shared/replenishment/purchasing/sending/next-supplier.ts';
import type { Supplier } from '../../../shared/replenishment/purchasing/supplier.ts';
import { unitsInYear } from '../../../shared/replenishment/purchasing/units-in-year.ts';
import { now, sentOrder, supplier } from './replenishment-builders.ts';

/** A euro is 1.25 dollars and 8 yuan. */
const rates = {
  ...{ id: 'ecb', base: 'EUR' as const, date: '2026-11-30', source: 'ECB' },
  rates: { USD: '1.25', CNY: '8' },
};

const offers = (amount: number, currency: string) => [
  { sku: 'MUG', prices: [{ fromUnits: 1, unitPrice: { amount, currency } }], leadTimeDays: 20 },
];
/** An order for 100 mugs that its supplier, ningbo, does not bring. */
const failed = { ...sentOrder({ MUG: 100 }), replenishmentOrderId: 'failed', runId: 'run-2' };
const earlier = (supplierId: string, units: number, over: Partial<OrderState> = {}) => ({
  state: {
    ...sentOrder({ MUG: units }),
    replenishmentOrderId: `${supplierId}-${units}`,
    supplierId,
    ...over,
  },
  ...{ steps: [], sendAttempts: 0 },
});

const next = async (
  suppliers: readonly Supplier[],
  orders: { open?: ReturnType<typeof earlier>[]; ended?: ReturnType<typeof earlier>[] } = {},
  inUse: object | 'none' = rates,
) => {
  const deps = {
    orders: {
      load: async () => undefined,
      page: async (list: 'open' | 'ended') => ({ items: orders[list] ?? [], cursor: undefined }),
    },
    suppliers: { all: async () => suppliers, outcomesOf: async () => [] },
    rates: { current: async () => (inUse === 'none' ? undefined : inUse) },
  };
  const found = await nextProposals(deps as unknown as Parameters<typeof nextProposals>[0], failed, now);
  return found?.map((each) => [each.kind === 'purchase' ? each.supplierId : '', each.units, ...each.reasons]);
};
const why = 'next-supplier: after failed';

describe('the next supplier', () => {
  it('is the one with the lowest price, whatever its currency, and the reason has the rate and its day', async () => {
    // 36.00 CNY are 4.50 EUR: less than 4.60 EUR, and less than 6.00 USD, which are 4.80 EUR.
    const three = [
      supplier('euro', { offers: offers(460, 'EUR') }),
      supplier('dollar', { offers: offers(600, 'USD') }),
      supplier('yuan', { offers: offers(3_600, 'CNY') }),
    ];
    expect(await next(three)).toEqual([['yuan', 100, why, 'rate: 1 CNY = 0.125000 EUR (ECB, 2026-11-30)']]);
    // Without rates of today, only the currency of the order is compared.
    expect(await next(three, {}, 'none')).toEqual([['euro', 100, why]]);
    expect(await next(three, {}, { ...rates, date: '2026-11-26' })).toEqual([['euro', 100, why]]);
  });

  it('gets no more than its share of what was ordered in the year before', async () => {
    const two = [
      supplier('best', { shareLimitPercent: 50, offers: offers(300, 'EUR') }),
      supplier('other', { offers: offers(400, 'EUR') }),
    ];
    // Nothing before: half of 100.
    expect(await next(two)).toEqual([
      ['best', 50, why],
      ['other', 50, why],
    ]);
    // 300 before, 160 of them from the best one: half of 400 are 200, and 40 are left.
    const before = { open: [earlier('best', 160)], ended: [earlier('other', 140)] };
    expect(await next(two, before)).toEqual([
      ['best', 40, why],
      ['other', 60, why],
    ]);
  });
});

describe('the units of a year', () => {
  const of = async (...orders: ReturnType<typeof earlier>[]) => {
    const page = async (list: 'open' | 'ended') => ({
      items: list === 'open' ? [] : orders,
      cursor: undefined,
    });
    const options = { skus: new Set(['MUG']), except: 'failed', now };
    return Object.fromEntries((await unitsInYear({ orders: { page } }, options)).get('MUG') ?? []);
  };

  it('are those of orders that were not cancelled, and of closed ones what came', async () => {
    const closed = earlier('kiln', 80, { status: 'closed' });
    const came = closed.state.lines.map((line) => ({ ...line, received: 30, open: 50 }));
    expect(
      await of(
        earlier('ningbo', 100),
        earlier('ningbo', 7),
        earlier('yiwu', 9, { status: 'cancelled' }),
        { ...closed, state: { ...closed.state, lines: came } },
        earlier('yiwu', 11, { replenishmentOrderId: 'failed' }),
      ),
    ).toEqual({ ningbo: 107, kiln: 30 });
  });

  it('begin 365 days before', async () => {
    // 365 days before 1 December 2026 is 1 December 2025.
    const first = earlier('ningbo', 5, { proposedAt: '2025-12-01T10:00:00.000Z' });
    expect(await of(first)).toEqual({ ningbo: 5 });
    expect(await of(earlier('ningbo', 5, { proposedAt: '2025-12-01T09:59:59.999Z' }))).toEqual({});
  });
});

it('an amount is rounded half up to the minor unit', () => {
  const { comparable, rateText } = comparePrices('EUR', { rates, now });
  // 0.04 CNY are 0.005 EUR.
  expect(comparable({ amount: 4, currency: 'CNY' })).toBe(1);
  expect(comparable({ amount: 3, currency: 'CNY' })).toBe(0);
  expect(comparable({ amount: 7, currency: 'EUR' })).toBe(7);
  expect(comparable({ amount: 7, currency: 'JPY' })).toBeUndefined();
  expect(rateText({ amount: 7, currency: 'EUR' })).toBeUndefined();
});
