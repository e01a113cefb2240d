import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fact, factVersion, parseFact } from '../../../events/all-events.ts';
import type { Currency } from '../../../shared/kernel/currency.ts';
import type { Instant } from '../../../shared/kernel/time.ts';
import { journalsOf, taxEntriesOf } from '../../../shared/ledger/index.ts';
import type { ExchangeRates } from '../../../shared/rates/index.ts';
import type { ReportSources } from '../../../shared/reports/index.ts';
import { makeTaxReturn } from '../../../shared/reports/tax-returns/make-tax-return.ts';
import { type TaxReturn, taxReturnSchema } from '../../../shared/reports/tax-returns/tax-return.ts';
import { taxReturnCsv } from '../../../shared/reports/tax-returns/tax-return-csv.ts';
import type { Decided, Journal, TaxEntry, TaxScheme } from '../../../shared/timeline/index.ts';
import { idOf } from '../../builders/ids.ts';
import { costOfTaxed, journeyOf, type Step, steps, type TaxedOrder } from '../../builders/taxed-order.ts';

const ecb = (date: string, rates: ExchangeRates['rates'] = { GBP: '0.88', HUF: '400' }): ExchangeRates => ({
  ...{ id: `ecb-${date}`, base: 'EUR', date, rates },
  source: 'European Central Bank, euro foreign exchange reference rates',
});

/** One order with its stored facts, and the tax entries that were written with them. */
interface Reported {
  readonly facts: readonly Fact[];
  readonly entries: readonly TaxEntry[];
  readonly journals: readonly Journal[];
}

function report(decided: readonly Decided[], n: number): Reported {
  const facts = decided.map(({ name, data, occurredAt }, index) =>
    parseFact({
      ...{
        id: idOf('fact', index + 1),
        orderId: idOf('order', n),
        sequence: index + 1,
        cause: { by: 'journey' },
      },
      ...{ occurredAt, recordedAt: occurredAt, name, version: factVersion(name), data },
    }),
  );
  const each = <T>(of: (before: readonly Fact[], added: readonly Fact[]) => T[]) =>
    facts.flatMap((fact, index) => of(facts.slice(0, index), [fact]));
  return { facts, entries: each(taxEntriesOf), journals: each(journalsOf) };
}

const registrations = { ioss: 'IM2760000001', importer: { EU: 'DE123456789' } };

async function returnOf(
  scheme: TaxScheme,
  period: string,
  reported: readonly Reported[],
  over: Partial<ReportSources> = {},
): Promise<TaxReturn> {
  const made = await makeTaxReturn(
    {
      taxEntries: {
        each: async (wanted, { from, to }, see) => {
          for (const entry of reported.flatMap(({ entries }) => entries))
            if (entry.scheme === wanted && from <= entry.enteredAt && entry.enteredAt < to) see(entry);
        },
      },
      ratesOn: async (day) => ecb(day),
      registrations: async () => registrations,
      now: '2028-01-01T00:00:00.000Z',
      ...over,
    },
    { scheme, period },
  );
  if (!made.ok) throw new Error(made.error);
  return taxReturnSchema.parse(made.value);
}

const day = (date: string): Instant => `${date}T12:00:00.000Z`;
const order = (over: Partial<TaxedOrder> = {}): TaxedOrder => ({
  ...{ state: 'FR', currency: 'EUR', consignments: [{ from: 'CN', goods: [{ base: 10_000, rate: '20' }] }] },
  ...over,
});
const step = (does: Step['does'], days = 0, share = 500): Step => ({ does, minutes: days * 24 * 60, share });
const row = (rate: string, taxable: number, tax: number) => ({
  rate,
  taxable: { amount: taxable, currency: 'EUR' },
  tax: { amount: tax, currency: 'EUR' },
});

describe('a monthly return of orders', () => {
  const books = {
    from: 'CN',
    goods: [
      { base: 2_000, rate: '5.5' },
      { base: 1_000, rate: '20' },
    ],
  };
  const reported = [
    journeyOf(order(), day('2026-11-02'), [step('capture')]),
    journeyOf(order({ consignments: [books] }), day('2026-11-05'), [step('authorise'), step('capture', 1)]),
    journeyOf(order({ state: 'DE' }), day('2026-11-28'), [step('capture'), step('refund', 20, 250)]),
    journeyOf(order({ state: 'IT' }), day('2026-11-10'), [step('capture'), step('cancel', 1)]),
    journeyOf(order({ state: 'IT' }), day('2026-11-30'), [step('capture'), step('cancel', 2)]),
    journeyOf(order({ state: 'ES' }), day('2026-11-12'), []),
  ].map(report);

  test('contains the sales by member state and rate, minus the returns within the month', async () => {
    const made = await returnOf('ioss', '2026-11', reported);
    expect(made).toMatchObject({
      ...{ memberStateOfIdentification: 'DE', timeZone: 'Europe/Berlin', dueOn: '2026-12-31' },
      ...{ from: '2026-10-31T23:00:00.000Z', to: '2026-11-30T23:00:00.000Z', status: 'complete', orders: 5 },
      sales: [
        { memberState: 'DE', orders: 1, ...row('20', 10_000, 2_000) },
        { memberState: 'FR', orders: 1, ...row('5.5', 2_000, 110) },
        { memberState: 'FR', orders: 2, ...row('20', 11_000, 2_200) },
        { memberState: 'IT', orders: 2, ...row('20', 10_000, 2_000) },
      ],
      corrections: [],
      totals: { taxable: { amount: 33_000 }, tax: { amount: 6_310 }, balance: { amount: 6_310 } },
    });
    expect(made.sales.every(({ dispatchedFrom }) => dispatchedFrom === undefined)).toBe(true);
  });

  test('is corrected in the month of a refund or a stop', async () => {
    const made = await returnOf('ioss', '2026-12', reported);
    expect(made).toMatchObject({
      ...{ orders: 0, sales: [] },
      corrections: [
        { period: '2026-11', memberState: 'DE', isInTime: true, ...row('20', -2_500, -500) },
        { period: '2026-11', memberState: 'IT', isInTime: true, ...row('20', -10_000, -2_000) },
      ],
      balances: [
        { memberState: 'DE', tax: { amount: -500 } },
        { memberState: 'IT', tax: { amount: -2_000 } },
      ],
      totals: { tax: { amount: 0 }, corrections: { amount: -2_500 }, balance: { amount: -2_500 } },
    });
  });

  test('is corrected for the month in which the tax became chargeable, even if the money came later', async () => {
    const later = [step('authorise'), step('capture', 4), step('cancel', 8)];
    const paidLater = journeyOf(order(), day('2026-11-28'), later);
    expect(await returnOf('ioss', '2026-12', [report(paidLater, 0)])).toMatchObject({
      corrections: [{ period: '2026-11', memberState: 'FR', ...row('20', -10_000, -2_000) }],
    });
  });

  test('without orders is a nil return, and is still due', async () => {
    expect(await returnOf('ioss', '2026-09', reported)).toMatchObject({
      ...{ status: 'complete', orders: 0, sales: [], corrections: [], balances: [] },
      totals: { balance: { amount: 0, currency: 'EUR' } },
    });
  });

  test('as comma-separated values has a line for each row, and the totals in the last line', async () => {
    const lines = taxReturnCsv(await returnOf('ioss', '2026-11', reported)).split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[2]).toBe('ioss,complete,sale,2026-11,FR,,5.5,1,20.00,1.10,EUR,true');
    expect(lines[5]).toBe('ioss,complete,total,2026-11,,,,5,330.00,63.10,EUR,true');
  });
});

test('the tax point under IOSS is the authorisation, in the time zone of the identifying member state', async () => {
  const lastMinute = journeyOf(order(), '2026-11-30T22:59:59.000Z', [step('authorise'), step('capture', 1)]);
  const nextMonth = journeyOf(order(), '2026-11-30T23:00:00.000Z', [step('authorise'), step('capture', 1)]);
  const reported = [lastMinute, nextMonth].map(report);
  expect((await returnOf('ioss', '2026-11', reported)).orders).toBe(1);
  expect((await returnOf('ioss', '2026-12', reported)).orders).toBe(1);
  const inGreece = { registrations: async () => ({ ...registrations, ioss: 'IM3000000001' }) };
  expect((await returnOf('ioss', '2026-12', reported, inGreece)).orders).toBe(2);
});

test('sales within the EU are separated by the place of dispatch, and belong to the quarter of the capture', async () => {
  const from = (state: string) =>
    order({ consignments: [{ from: state, goods: [{ base: 5_000, rate: '20' }] }] });
  const reported = [
    journeyOf(from('PL'), day('2026-09-30'), [step('authorise'), step('capture', 1)]),
    journeyOf(from('DE'), day('2026-12-31'), [step('capture')]),
  ].map(report);
  const made = await returnOf('oss', '2026-Q4', reported);
  expect(made).toMatchObject({
    ...{ dueOn: '2027-01-31', orders: 2 },
    sales: [
      { memberState: 'FR', dispatchedFrom: 'DE', ...row('20', 5_000, 1_000) },
      { memberState: 'FR', dispatchedFrom: 'PL', ...row('20', 5_000, 1_000) },
    ],
  });
  expect((await returnOf('ioss', '2026-12', reported)).orders).toBe(0);
});

describe('orders that are charged in another currency', () => {
  const reported = [
    journeyOf(order({ currency: 'GBP' }), day('2026-10-05'), [step('capture'), step('refund-all', 40)]),
    journeyOf(order(), day('2026-10-06'), [step('capture')]),
  ].map(report);
  // 100.00 EUR at 0.87 is 87.00 GBP, which at 0.88 is 98.86 EUR; 17.40 GBP is 19.77 EUR.
  const sales = [{ memberState: 'FR', orders: 2, ...row('20', 19_886, 3_977) }];

  test('are converted at the rates of the next day with rates if the last day of the month has none', async () => {
    const asked: string[] = [];
    const ratesOn = async (date: string) => {
      asked.push(date);
      return ecb(date);
    };
    const made = await returnOf('ioss', '2026-10', reported, { ratesOn });
    // 2026-10-31 was a Saturday.
    expect(asked).toEqual(['2026-11-02']);
    expect(made).toMatchObject({
      ...{ status: 'complete', sales },
      exchange: { used: [{ period: '2026-10', id: 'ecb-2026-11-02' }], missing: [] },
    });
    expect(made.sales[0]?.charged).toEqual([
      {
        taxable: { amount: 10_000, currency: 'EUR' },
        tax: { amount: 2_000, currency: 'EUR' },
        isConverted: true,
      },
      {
        taxable: { amount: 8_700, currency: 'GBP' },
        tax: { amount: 1_740, currency: 'GBP' },
        isConverted: true,
      },
    ]);
  });

  test.each([
    ['are not stored', undefined],
    ['have no such currency', ecb('2026-11-02', { USD: '1.1' })],
    ['are somebody else’s', { ...ecb('2026-11-02'), source: 'made up' }],
  ])('are listed separately and named if the rates %s', async (_, stored) => {
    const made = await returnOf('ioss', '2026-10', reported, { ratesOn: async () => stored });
    expect(made).toMatchObject({
      ...{ status: 'rates-missing', sales: [{ orders: 2, ...row('20', 10_000, 2_000) }] },
      exchange: { missing: [{ period: '2026-10', date: '2026-11-02', currency: 'GBP' }] },
    });
    expect(made.sales[0]?.charged.map(({ isConverted }) => isConverted)).toEqual([true, false]);
    expect(taxReturnCsv(made)).toContain(
      'ioss,rates-missing,sale-open,2026-10,FR,,20,,87.00,17.40,GBP,false',
    );
  });

  test('are corrected at the rates of the return that contained them', async () => {
    const ratesOn = async (date: string) => ecb(date, { GBP: date.startsWith('2026-11') ? '0.88' : '0.5' });
    const made = await returnOf('ioss', '2026-11', reported, { ratesOn });
    expect(made.corrections).toMatchObject([{ period: '2026-10', ...row('20', -9_886, -1_977) }]);
  });
});

test.each([
  ['2026-11-30T23:14:59.999Z', 'running'],
  ['2026-11-30T23:15:00.000Z', 'complete'],
])('at %s, the status of the November return in Germany is %s', async (now, status) => {
  expect((await returnOf('ioss', '2026-11', [], { now })).status).toBe(status);
});

test('a refund after more than three years changes no return', async () => {
  const reported = [
    journeyOf(order(), day('2026-11-02'), [step('capture'), step('refund-all', 3 * 366 + 60)]),
  ].map(report);
  const made = await returnOf('ioss', '2030-01', reported, { now: '2031-01-01T00:00:00.000Z' });
  expect(made.corrections).toMatchObject([{ isInTime: false, ...row('20', -10_000, -2_000) }]);
  expect([made.balances, made.totals.balance.amount]).toEqual([[], 0]);
});

test.each([
  ['ioss', '2026-Q4', registrations, 'no-such-period'],
  ['ioss', '2026-13', registrations, 'no-such-period'],
  ['oss', '2026-11', registrations, 'no-such-period'],
  ['ioss', '2026-11', { importer: {} }, 'not-registered'],
  ['ioss', '2026-11', { ioss: 'IM8260000001', importer: {} }, 'not-registered'],
  ['oss', '2026-Q4', { ioss: 'IM2760000001', importer: { EU: 'XI1' } }, 'not-registered'],
  ['oss', '2026-Q4', undefined, 'not-registered'],
] as const)('%s of %s with %j is refused: %s', async (scheme, period, given, why) => {
  await expect(returnOf(scheme, period, [], { registrations: async () => given })).rejects.toThrow(why);
});

describe('for any history of orders', () => {
  const goods = fc.record({
    base: fc.integer({ min: 1, max: 15_000 }),
    rate: fc.constantFrom('0', '5.5', '19', '27'),
  });
  const someOrder = fc.record({
    state: fc.constantFrom('DE', 'FR', 'HU'),
    currency: fc.constantFrom<Currency>('EUR', 'EUR', 'GBP', 'HUF'),
    consignments: fc.array(
      fc.record({
        from: fc.constantFrom('CN', 'PL', 'ES'),
        goods: fc.array(goods, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });
  const someStep = fc.record({
    does: fc.constantFrom(...steps),
    minutes: fc.integer({ min: 0, max: 40 * 24 * 60 }),
    share: fc.integer({ min: 1, max: 999 }),
  });
  const journeys = fc.array(
    fc.record({
      order: someOrder,
      placedAt: fc.integer({ min: 0, max: 60 * 24 * 60 }),
      wanted: fc.array(someStep, { maxLength: 8 }),
    }),
    { maxLength: 12 },
  );
  const months = Array.from({ length: 18 }, (_, index) =>
    new Date(Date.UTC(2026, 9 + index, 1)).toISOString().slice(0, 7),
  );

  /** The remaining tax of an order by state, rate and currency, computed from its charges and facts only. */
  function leftOf({ facts }: Reported, cost: ReturnType<typeof costOfTaxed>): [string, number][] {
    const has = (...names: Fact['name'][]) => facts.some(({ name }) => names.includes(name));
    const isSold =
      (has('payment.captured') || (has('payment.authorised') && !has('payment.voided'))) &&
      !has('order.cancelled');
    if (!isSold) return [];
    const failed = new Set(
      facts.flatMap(({ name, data }) => (name === 'refund.failed' ? [data.refundId] : [])),
    );
    const refunded = facts.reduce(
      (all, { name, data }) =>
        name === 'refund.paid' && !failed.has(data.refundId) ? all + data.amount.amount : all,
      0,
    );
    const left = new Map<string, number>();
    for (const { owedTo, rate, amount } of cost.consignments.flatMap(({ charges }) => charges)) {
      if (owedTo?.endsWith(':ioss') !== true) continue;
      const key = [owedTo.slice(0, 2), rate, amount.currency].join('|');
      left.set(key, (left.get(key) ?? 0) + amount.amount);
    }
    const total = BigInt(cost.totals.total.amount);
    const back = (amount: number) =>
      refunded === 0 ? 0 : Number((2n * BigInt(amount) * BigInt(refunded) + total) / (2n * total));
    return [...left].map(([key, amount]) => [key, amount - back(amount)]);
  }

  function sumsOf(amounts: readonly (readonly [string, number])[]): Record<string, number> {
    const sums = new Map<string, number>();
    for (const [key, amount] of amounts) sums.set(key, (sums.get(key) ?? 0) + amount);
    return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0).toSorted());
  }

  const chargedIn = ({ sales, corrections }: TaxReturn) =>
    [...sales, ...corrections].flatMap(({ memberState, rate, charged }) =>
      charged.map(({ tax }) => [[memberState, rate, tax.currency].join('|'), tax.amount] as const),
    );

  test('the returns add up to the orders by state and rate, and to the months of the ledger', async () => {
    await fc.assert(
      fc.asyncProperty(journeys, async (given) => {
        const reported = given.map(({ order, placedAt, wanted }, index) =>
          report(
            journeyOf(order, new Date(Date.UTC(2026, 9, 1) + placedAt * 60_000).toISOString(), wanted),
            index + 1,
          ),
        );
        const returns = await Promise.all(months.map((month) => returnOf('ioss', month, reported)));
        const costs = given.map(({ order }) => costOfTaxed(order));
        expect(sumsOf(returns.flatMap(chargedIn))).toEqual(
          sumsOf(
            reported.flatMap((each, index) => leftOf(each, costs[index] as ReturnType<typeof costOfTaxed>)),
          ),
        );
        for (const { from, to, ...made } of returns) {
          const inMonth = reported
            .flatMap(({ journals }) => journals)
            .filter(({ occurredAt }) => from <= occurredAt && occurredAt < to);
          const owed = inMonth.flatMap(({ postings }) =>
            postings
              .filter(({ account }) => /^tax-owed:..:ioss$/.test(account))
              .map(
                ({ account, amount }) =>
                  [`${account.slice(9, 11)}|${amount.currency}`, -amount.amountMinor] as const,
              ),
          );
          const byState = chargedIn({ ...made, from, to }).map(([key, amount]) => {
            const [state, , currency] = key.split('|');
            return [`${state}|${currency}`, amount] as const;
          });
          expect(sumsOf(byState)).toEqual(sumsOf(owed));
          const { totals, sales, corrections, balances } = made;
          const sum = (rows: readonly { tax: { amount: number } }[]) =>
            rows.reduce((all, { tax }) => all + tax.amount, 0);
          expect([totals.tax.amount, totals.corrections.amount]).toEqual([sum(sales), sum(corrections)]);
          expect(totals.balance.amount).toBe(sum(balances));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('refunds of the whole amount, at once or in parts, correct every cent of the tax', async () => {
    await fc.assert(
      fc.asyncProperty(someOrder, fc.array(someStep, { maxLength: 4 }), async (order, between) => {
        const refunds = between.map((each): Step => ({ ...each, does: 'refund' }));
        const { entries } = report(
          journeyOf(order, day('2026-10-05'), [step('capture'), ...refunds, step('refund-all')]),
          1,
        );
        const amounts = entries.flatMap((entry) =>
          entry.amounts.flatMap(({ memberState, dispatchedFrom, rate, taxable, tax }) => {
            const key = [entry.scheme, memberState, dispatchedFrom, rate].join('|');
            return [
              [`taxable ${key}`, taxable.amountMinor],
              [`tax ${key}`, tax.amountMinor],
            ] as [string, number][];
          }),
        );
        expect(sumsOf(amounts)).toEqual({});
      }),
    );
  });
});
