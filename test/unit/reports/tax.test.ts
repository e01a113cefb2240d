import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import type { Currency } from '../../../shared/kernel/currency.ts';
import { recordOf } from '../../../shared/lake/record.ts';
import { taxEntriesOf } from '../../../shared/ledger/index.ts';
import type { ExchangeRates } from '../../../shared/rates/index.ts';
import { ledger } from '../../../shared/reports/ledger/ledger.ts';
import { tax } from '../../../shared/reports/tax/tax.ts';
import { makeTaxReturn } from '../../../shared/reports/tax-returns/make-tax-return.ts';
import { dispatched, placed, refundPaid, refundRequested, untilDispatched } from '../../builders/facts.ts';
import { charge, consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { dailyRates, orderRecords, paid } from '../../builders/made-up-orders.ts';
import { journeyOf, type Step, type TaxedOrder } from '../../builders/taxed-order.ts';
import { placedAt, timelineOf } from '../../builders/timeline.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, eur, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };
const gbp = (amountMinor: number) => ({ amountMinor, currency: 'GBP' }) as const;
const nok = (amountMinor: number) => ({ amountMinor, currency: 'NOK' }) as const;

interface Sold {
  readonly country: string;
  readonly currency: Currency;
  readonly regime: string;
  readonly scheme: string;
  readonly owedTo: string;
  readonly tax: number;
  readonly storefrontId?: string;
  readonly onDelivery?: boolean;
}

/** An order for 20.00 of goods with a tax, paid and handed over. */
function sold({ country, currency, regime, scheme, owedTo, tax: due, ...rest }: Sold): NewFact[] {
  const of = (amount: number) => ({ amount, currency });
  const charges = [
    charge({ amount: of(2000) }),
    charge({
      ...{ kind: 'tax', code: 'vat', amount: of(due), owedTo },
      ...(rest.onDelivery === true ? { collectedOnDelivery: true } : {}),
    }),
  ];
  const lines = [line({ goodsValue: of(2000) })];
  const cost = landedCost({
    ...{ currency, destination: { country } },
    consignments: [consignment({ regime, scheme, lines, charges })],
  });
  return [
    placed({ landedCost: cost, storefrontId: rest.storefrontId ?? 'shop' }),
    ...paid(cost.totals.total.amount, currency),
    dispatched(),
  ];
}

const toBritain = { country: 'GB', currency: 'EUR', regime: 'gb', scheme: 'supply-vat', tax: 460 } as const;
const toNorway = { country: 'NO', currency: 'NOK', regime: 'no', scheme: 'vendor', tax: 250 } as const;

const rates = [
  dailyRates('2026-11-26', { GBP: '0.86', USD: '1.25' }),
  recordOf(
    'rates.stored',
    { id: 'hmrc', occurredAt: '2026-10-23T00:00:00.000Z', recordedAt: '2026-10-23T00:00:00.000Z' },
    {
      kind: 'hmrc-month',
      date: '2026-10-22',
      month: '2026-11',
      base: 'GBP',
      source: 'HMRC',
      rates: { EUR: '1.15' },
    },
  ),
];

const owed = { orders: 1, taken: eur(0) };
/** 3.00 EUR of duty and 6.27 EUR of tax under IOSS, both in the currency of the law. */
const duty = {
  ...{ ...owed, authority: 'DE:customs', what: 'duty', regime: 'eu', scheme: 'ioss', currency: 'EUR' },
  ...{ added: eur(300), net: eur(300), locked: eur(300), prescribed: eur(300) },
};
const ioss = {
  ...{ ...owed, authority: 'DE:ioss', what: 'tax', regime: 'eu', scheme: 'ioss', currency: 'EUR' },
  ...{ added: eur(627), net: eur(627), locked: eur(627), prescribed: eur(627) },
};
/** 4.60 EUR x 0.86 = 3.956, 3.96 GBP at the locked rate; 4.60 / 1.15 = 4.00 GBP at that of HMRC for November. */
const britain = {
  ...{ ...owed, authority: 'GB:hmrc-vat', what: 'tax', regime: 'gb', scheme: 'supply-vat', currency: 'EUR' },
  ...{ added: eur(460), net: eur(460), locked: gbp(396), prescribed: gbp(400) },
};

describe('what became owed on a day', () => {
  beforeEach(() =>
    lake.load([
      ...rates,
      ...orderRecords(1, { at: '2026-11-28T10:00:00.000Z', facts: untilDispatched() }),
      // 00:30 of 28 November in Berlin, 27 November in UTC.
      ...orderRecords(2, {
        at: '2026-11-27T23:30:00.000Z',
        facts: sold({ ...toBritain, owedTo: 'GB:hmrc-vat', storefrontId: 'outlet' }),
      }),
      ...orderRecords(3, {
        at: '2026-11-28T11:00:00.000Z',
        facts: sold({ ...toNorway, owedTo: 'NO:skatteetaten' }),
      }),
      // The consignee pays this tax on delivery.
      ...orderRecords(4, {
        at: '2026-11-28T12:00:00.000Z',
        facts: sold({ ...toBritain, owedTo: 'GB:hmrc-customs', onDelivery: true }),
      }),
    ]),
  );

  it('is shown by authority and scheme, also in the currency of each law', async () => {
    const day = await askedReport(tax, lake, berlin);

    expect(rowsOf(day, 'owed')).toEqual([
      duty,
      ioss,
      britain,
      {
        ...{ authority: 'NO:skatteetaten', what: 'tax', regime: 'no', scheme: 'vendor', currency: 'NOK' },
        ...{ orders: 1, added: nok(250), taken: nok(0), net: nok(250), locked: nok(250), prescribed: null },
      },
    ]);
    expect(rowsOf(day, 'by-authority')).toContainEqual({
      ...{ authority: 'GB:hmrc-vat', what: 'tax', locked: gbp(396), prescribed: gbp(400) },
    });
    expect(day.notCounted).toEqual([]);
  });

  it('is that of a UTC day in UTC, and of one storefront for its reader', async () => {
    const inUtc = await askedReport(tax, lake, { period: '2026-11-28' });
    const own = await askedReport(tax, lake, { ...berlin, storefrontId: 'outlet' });

    expect(rowsOf(inUtc, 'owed').map(({ authority }) => authority)).toEqual([
      'DE:customs',
      'DE:ioss',
      'NO:skatteetaten',
    ]);
    expect(rowsOf(own, 'owed')).toEqual([britain]);
  });

  it('is less what a later refund takes back, on the day of the refund', async () => {
    const amount = { amount: 3927, currency: 'EUR' } as const;
    const all = orderRecords(9, {
      at: '2026-11-28T10:00:00.000Z',
      facts: [...untilDispatched(), refundRequested({ amount }), refundPaid({ amount })],
    });
    // The refund is paid two days later; the rest of the order is that of the first one.
    await lake.load(
      all.slice(-2).map((each) => ({ ...each, occurredAt: '2026-11-30T09:00:00.000Z' })) as typeof all,
    );
    await lake.load(all.slice(0, -2));

    // The tax under IOSS is not owed any more; the duty is, because customs gives nothing back by itself.
    expect(rowsOf(await askedReport(tax, lake, { period: '2026-11-30' }), 'owed')).toEqual([
      {
        ...{ ...ioss, orders: 0, added: eur(0), taken: eur(627), net: eur(-627), locked: eur(-627) },
        prescribed: eur(-627),
      },
    ]);
  });

  it('says which rates are missing', async () => {
    const empty = await madeUpLake();
    await empty.load(
      orderRecords(1, {
        at: '2026-11-28T10:00:00.000Z',
        facts: sold({ ...toBritain, owedTo: 'GB:hmrc-vat' }),
      }),
    );
    const day = await askedReport(tax, empty, berlin);
    empty.close();

    expect(rowsOf(day, 'owed')).toMatchObject([{ added: eur(460), locked: null, prescribed: null }]);
    expect(day.notCounted).toMatchObject([
      { code: 'no-rate', says: expect.stringContaining('GB:hmrc-vat in EUR') },
      { code: 'no-prescribed-rate', says: expect.stringContaining('2026-11') },
    ]);
  });
});

describe('an empty lake', () => {
  it('has no debts', async () => {
    const day = await askedReport(tax, lake, berlin);

    for (const table of ['owed', 'by-authority']) expect(rowsOf(day, table)).toEqual([]);
    expect(day.notCounted).toEqual([]);
  });
});

/** Orders to three states in three currencies, from inside and outside of the Union, with refunds and stops. */
const step = (does: Step['does'], share = 400): Step => ({ does, minutes: 7, share });
const abroad = (state: string, currency: Currency, from: string): TaxedOrder => ({
  ...{ state, currency },
  consignments: [{ from, goods: [{ base: 4321, rate: '19' }] }],
});
const journeys = [
  journeyOf(abroad('DE', 'EUR', 'CN'), placedAt, [step('authorise'), step('capture'), step('dispatch')]),
  journeyOf(abroad('DE', 'GBP', 'CN'), placedAt, [
    step('capture'),
    step('refund'),
    step('dispatch'),
    step('refund'),
  ]),
  journeyOf(abroad('HU', 'HUF', 'CN'), placedAt, [
    step('capture'),
    step('dispatch'),
    step('refund'),
    step('refund-fails'),
  ]),
  journeyOf(abroad('HU', 'HUF', 'CN'), placedAt, [step('authorise'), step('void')]),
  journeyOf(abroad('HU', 'HUF', 'PL'), placedAt, [step('capture'), step('dispatch')]),
  journeyOf(abroad('DE', 'GBP', 'PL'), placedAt, [
    step('capture'),
    step('refund'),
    step('cancel'),
    step('refund-all'),
  ]),
];

describe('the report', () => {
  const november = { period: '2026-11', timeZone: 'Europe/Berlin' };
  const load = () =>
    lake.load([
      dailyRates('2026-11-23', { GBP: '0.87', HUF: '390.5' }),
      dailyRates('2026-11-30', { GBP: '0.88', HUF: '400' }),
      dailyRates('2026-12-31', { GBP: '0.89', HUF: '410' }),
      ...journeys.flatMap((facts, index) => orderRecords(index + 1, { at: placedAt, facts })),
      ...orderRecords(8, { at: placedAt, facts: untilDispatched() }),
      ...orderRecords(9, { at: placedAt, facts: sold({ ...toNorway, owedTo: 'NO:skatteetaten' }) }),
    ]);

  it('agrees with the debts of the ledger', async () => {
    await load();
    const month = await askedReport(tax, lake, november);
    const books = await askedReport(ledger, lake, november);

    const sums = new Map<string, number[]>();
    for (const { authority, what, currency, added, taken } of rowsOf(month, 'owed')) {
      const key = `${what} ${authority} ${currency}`;
      const [a = 0, t = 0] = sums.get(key) ?? [];
      const of = (cell: unknown) => (cell as { amountMinor: number }).amountMinor;
      sums.set(key, [a + of(added), t + of(taken)]);
    }
    const booked = rowsOf(books, 'owed').map((row) => {
      const [added, taken] = [row.added, row.taken] as { amountMinor: number; currency: string }[];
      return [`${row.what} ${row.authority} ${added?.currency}`, [added?.amountMinor, taken?.amountMinor]];
    });
    expect(booked.length).toBeGreaterThan(5);
    expect(Object.fromEntries(sums)).toEqual(Object.fromEntries(booked));
  });

  it.each([
    ['ioss', '2026-11', { GBP: '0.88', HUF: '400' }],
    ['oss', '2026-Q4', { GBP: '0.89', HUF: '410' }],
  ] as const)('agrees with the return of %s', async (scheme, period, published) => {
    await load();
    const facts = [...journeys, untilDispatched()].map((each) => timelineOf(each).facts);
    const entries = facts.flatMap((each) =>
      each.flatMap((fact, index) => taxEntriesOf(each.slice(0, index), [fact])),
    );
    const made = await makeTaxReturn(
      {
        taxEntries: {
          each: async (wanted, _between, see) =>
            entries.filter((entry) => entry.scheme === wanted).forEach(see),
        },
        ratesOn: async (day): Promise<ExchangeRates> => ({
          ...{ id: `ecb-${day}`, base: 'EUR', date: day, rates: published, source: 'ECB' },
        }),
        registrations: async () => ({ ioss: 'IM2760000001', importer: { EU: 'DE123456789' } }),
        now: '2027-06-01T00:00:00.000Z',
      },
      { scheme, period },
    );
    if (!made.ok) throw new Error(made.error);

    const month = await askedReport(tax, lake, november);
    const stated = rowsOf(month, 'by-authority')
      .filter(({ authority }) => String(authority).endsWith(`:${scheme}`))
      .map(({ authority, prescribed }) => [
        String(authority).slice(0, 2),
        (prescribed as { amountMinor: number }).amountMinor,
      ]);
    expect(stated).toEqual(made.value.balances.map(({ memberState, tax: due }) => [memberState, due.amount]));
    expect(made.value.totals.balance.amount).not.toBe(0);
  });
});
