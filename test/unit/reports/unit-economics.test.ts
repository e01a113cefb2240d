import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { unitEconomics } from '../../../shared/reports/unit-economics/unit-economics.ts';
import {
  otherParcelId,
  parcelId,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
} from '../../builders/facts.ts';
import { charge, consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { purchaseCost } from '../../builders/made-up-costs.ts';
import { dailyRates, orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, eur, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const inEur = (amount: number) => ({ amount, currency: 'EUR' }) as const;
const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };

/** Two mugs of 300 g for 20.00 and a hat of 150 g for 10.00; 6.01 shipping, 3.00 duty, 7.41 tax: 46.42 EUR. */
const mugsAndHat = () => {
  const mugs = line({ lineId: '1', sku: 'MUG', quantity: 2, unitWeightGrams: 300, goodsValue: inEur(2000) });
  const hat = line({ lineId: '2', sku: 'HAT', quantity: 1, unitWeightGrams: 150, goodsValue: inEur(1000) });
  const charges = [
    charge({ lineId: '1', amount: inEur(2000) }),
    charge({ lineId: '2', amount: inEur(1000) }),
    charge({ kind: 'shipping', code: 'shipping', amount: inEur(601), ruleId: 'rate-card' }),
    charge({ kind: 'duty', code: 'eu-flat-duty', lineId: '1', amount: inEur(300), owedTo: 'DE:customs' }),
    charge({
      ...{ kind: 'tax', code: 'ioss-vat', lineId: '1', amount: inEur(741), owedTo: 'DE:ioss' },
      ...{ base: inEur(3901), rate: '19' },
    }),
  ];
  return consignment({ lines: [mugs, hat], charges, freight: inEur(450) });
};
const order = (...consignments: ReturnType<typeof consignment>[]): NewFact[] => {
  const cost = landedCost({ consignments });
  return [placed({ landedCost: cost }), ...paid(cost.totals.total.amount)];
};

const costs = [
  dailyRates('2026-11-27', { USD: '1.25', CNY: '7.5' }),
  purchaseCost({ sku: 'MUG', validFrom: '2026-01-01', purchase: { amount: 1_450, currency: 'CNY' } }),
  // Stored again with the first leg, for the same day, and at another price from the day of the order on.
  purchaseCost(
    {
      sku: 'MUG',
      validFrom: '2026-11-28',
      purchase: { amount: 9_900, currency: 'CNY' },
      firstLeg: inEur(99),
    },
    '2026-11-20T08:00:00.000Z',
  ),
  purchaseCost(
    {
      sku: 'MUG',
      validFrom: '2026-11-28',
      purchase: { amount: 1_500, currency: 'CNY' },
      firstLeg: inEur(30),
    },
    '2026-11-21T08:00:00.000Z',
  ),
  purchaseCost({ sku: 'MUG', validFrom: '2026-11-29', purchase: inEur(1), firstLeg: inEur(1) }),
  purchaseCost({ sku: 'HAT', validFrom: '2026-01-01', purchase: inEur(400), firstLeg: inEur(20) }),
];

/** A refund of 10.00 EUR that names no parcel. */
const refund = (over: { readonly parcelId?: string } = {}): NewFact[] => [
  refundRequested({ amount: inEur(1000), reason: 'goodwill', ...over }),
  refundPaid({ amount: inEur(1000) }),
];

const base = { units: 1, known: 1, fee: null };
/**
 * The parcel has 2 x 300 + 150 = 750 g. Shipping 6.01: 6.01 x 600 / 750 = 4.808, 4.81 for the mugs, 1.20 for the hat.
 * Freight 4.50: 3.60 and 0.90. Purchase of the mugs: 2 x 15.00 CNY / 7.5 = 4.00 EUR; first leg 2 x 0.30.
 * Refund 10.00: the tax that it takes back is 7.41 - (7.41 - 7.41 x 10.00 / 46.42) = 1.60. The part of goods and
 * shipping is 10.00 x 36.01 / 46.42 = 7.757, 7.76; so 10.00 - 1.60 - 7.76 = 0.64 of duty and tax stays owed. By price
 * 20 to 10: 7.76 is 5.17 and 2.59. Both together, 8.40, are 5.60 and 2.80, so 0.43 and 0.21 are absorbed.
 */
const mugs = {
  ...{ ...base, units: 2, known: 2, price: eur(2000), shipping: eur(481), purchase: eur(400) },
  ...{ firstLeg: eur(60), freight: eur(360), refunds: eur(517), absorbed: eur(43) },
  // 20.00 + 4.81 - 4.00 - 0.60 - 3.60 - 5.17 - 0.43 = 11.01; 11.01 / (24.81 - 5.17) = 0.56059.
  ...{ contribution: eur(1101), margin: 0.5606 },
};
const hat = {
  ...{ ...base, price: eur(1000), shipping: eur(120), purchase: eur(400), firstLeg: eur(20) },
  ...{ freight: eur(90), refunds: eur(259), absorbed: eur(21) },
  // 10.00 + 1.20 - 4.00 - 0.20 - 0.90 - 2.59 - 0.21 = 3.30; 3.30 / (11.20 - 2.59) = 0.38327.
  ...{ contribution: eur(330), margin: 0.3833 },
};
/**
 * A hat for 50.00 USD with 10.00 USD shipping, at 1.25 to the euro: 40.00 and 8.00 EUR. Freight 8.00 USD: 6.40 EUR.
 * and tax are paid on delivery. 40.00 + 8.00 - 4.00 - 0.20 - 6.40 = 37.40; 37.40 / 48.00 = 0.77917.
 */
const hatInStates = {
  ...{ ...base, price: eur(4000), shipping: eur(800), purchase: eur(400), firstLeg: eur(20) },
  ...{ freight: eur(640), refunds: eur(0), absorbed: eur(0), contribution: eur(3740), margin: 0.7792 },
};

const hatToStates = (): NewFact[] => {
  const price = { amount: 5000, currency: 'USD' } as const;
  const charges = [
    charge({ amount: price }),
    charge({ kind: 'shipping', code: 'shipping', amount: { ...price, amount: 1000 }, ruleId: 'rate-card' }),
    charge({ kind: 'duty', code: 'duty', amount: { ...price, amount: 500 }, collectedOnDelivery: true }),
  ];
  const lines = [line({ sku: 'HAT', quantity: 1, unitWeightGrams: 150, goodsValue: price })];
  const freight = { amount: 800, currency: 'USD' } as const;
  const cost = landedCost({
    ...{ currency: 'USD', incoterm: 'DAP', destination: { country: 'US' } },
    consignments: [consignment({ lines, charges, freight })],
  });
  return [placed({ landedCost: cost, storefrontId: 'outlet' }), ...paid(6000, 'USD')];
};

describe('what units bring and cost', () => {
  beforeEach(() =>
    lake.load([
      ...costs,
      ...orderRecords(1, { at: '2026-11-28T10:00:00.000Z', facts: [...order(mugsAndHat()), ...refund()] }),
      // 00:30 of 28 November in Berlin, 27 November in UTC.
      ...orderRecords(2, { at: '2026-11-27T23:30:00.000Z', facts: hatToStates() }),
      // 00:30 of 29 November in Berlin.
      ...orderRecords(3, { at: '2026-11-28T23:30:00.000Z', facts: order(mugsAndHat()) }),
    ]),
  );

  it('is worked out for each SKU and market', async () => {
    const day = await askedReport(unitEconomics, lake, berlin);

    expect(rowsOf(day, 'by-sku-and-market')).toEqual([
      { sku: 'HAT', market: 'US', ...hatInStates },
      { sku: 'MUG', market: 'DE', ...mugs },
      { sku: 'HAT', market: 'DE', ...hat },
    ]);
    expect(rowsOf(day, 'by-market')).toEqual([
      { market: 'US', ...hatInStates },
      {
        market: 'DE',
        ...{ units: 3, known: 3, fee: null, price: eur(3000), shipping: eur(601), purchase: eur(800) },
        ...{ firstLeg: eur(80), freight: eur(450), refunds: eur(776), absorbed: eur(64) },
        // 11.01 + 3.30 = 14.31; 14.31 / (36.01 - 7.76) = 0.50655.
        ...{ contribution: eur(1431), margin: 0.5065 },
      },
    ]);
    // 14.31 + 37.40 = 51.71; 51.71 / (36.01 + 48.00 - 7.76) = 0.67816.
    expect(rowsOf(day, 'summary')).toMatchObject([
      { units: 4, known: 4, contribution: eur(5171), margin: 0.6782 },
    ]);
    expect(rowsOf(day, 'what-if')).toEqual([]);
    expect(day.notCounted).toMatchObject([{ code: 'no-payment-fee', count: 4 }]);
  });

  it('is after the fee of the provider, where a reader gives it', async () => {
    const asked = { ...berlin, parameters: { paymentFee: '2.9' } };
    const day = await askedReport(unitEconomics, lake, asked);

    // Of the 46.42 paid, the mugs have 30.95 by price and the hat 15.47: 0.8976 and 0.4486. 60.00 USD are 48.00: 1.392.
    expect(rowsOf(day, 'by-sku-and-market')).toMatchObject([
      { market: 'US', fee: eur(139), contribution: eur(3740 - 139) },
      { sku: 'MUG', fee: eur(90), contribution: eur(1101 - 90) },
      { sku: 'HAT', fee: eur(45), contribution: eur(330 - 45) },
    ]);
    expect(day.notCounted).toEqual([]);
  });

  it('changes with the price in a scenario, and the stored figures stay', async () => {
    const asked = { ...berlin, parameters: { priceChange: '-10' } };
    const day = await askedReport(unitEconomics, lake, asked);

    // Price 18.00. Refunds 5.17 x (18.00 + 4.81) / 24.81 = 4.753. Absorbed 0.43 x 0.9 = 0.387.
    // 18.00 + 4.81 - 4.00 - 0.60 - 3.60 - 4.75 - 0.39 = 9.47; 9.47 / (22.81 - 4.75) = 0.52436.
    expect(rowsOf(day, 'what-if')).toContainEqual({
      ...{ sku: 'MUG', market: 'DE', known: 2, unitPrice: eur(1000), otherUnitPrice: eur(900) },
      ...{ contribution: eur(1101), otherContribution: eur(947), margin: 0.5606, otherMargin: 0.5244 },
    });
    expect(rowsOf(day, 'by-sku-and-market')).toContainEqual({ sku: 'MUG', market: 'DE', ...mugs });
    // With a fee of 2.9 %: the shopper pays 4.81 + (30.95 - 4.81) x 0.9 = 28.34, of which 0.82 are the fee.
    const both = { ...berlin, parameters: { priceChange: '-10', paymentFee: '2.9' } };
    expect(rowsOf(await askedReport(unitEconomics, lake, both), 'what-if')).toContainEqual(
      expect.objectContaining({ sku: 'MUG', contribution: eur(1011), otherContribution: eur(865) }),
    );
  });

  it('is that of the orders of a UTC day in UTC, and of one storefront for its reader', async () => {
    const inUtc = await askedReport(unitEconomics, lake, { period: '2026-11-28' });
    const own = await askedReport(unitEconomics, lake, { ...berlin, storefrontId: 'outlet' });

    expect(rowsOf(inUtc, 'by-sku')).toMatchObject([
      { sku: 'MUG', units: 4 },
      { sku: 'HAT', units: 2 },
    ]);
    expect(rowsOf(own, 'by-sku-and-market')).toEqual([{ sku: 'HAT', market: 'US', ...hatInStates }]);
    expect(JSON.stringify(own.tables.map(({ rows }) => rows))).not.toContain('MUG');
  });

  it('takes percentages alone', () => {
    const { parameters } = unitEconomics;
    for (const wrong of [
      { priceChange: '-100' },
      { priceChange: '1e3' },
      { paymentFee: '-1' },
      { sku: 'MUG' },
    ])
      expect(parameters.safeParse(wrong).success).toBe(false);
  });
});

describe('a parcel of its own', () => {
  const one = () => ({ ...mugsAndHat(), consignmentId: 'c1' });
  /** A parcel of a pen of 20 g for 5.00, with no other charge and no freight on a rate card. */
  const pen = () =>
    consignment({
      consignmentId: 'c2',
      lines: [line({ lineId: '3', sku: 'PEN', quantity: 1, unitWeightGrams: 20, goodsValue: inEur(500) })],
      charges: [charge({ lineId: '3', amount: inEur(500) })],
    });
  const penCost = purchaseCost({
    sku: 'PEN',
    validFrom: '2026-01-01',
    purchase: inEur(50),
    firstLeg: inEur(1),
  });
  const invoiced = (amount: number, excess?: number): NewFact => ({
    name: 'freight.invoiced',
    data: {
      ...{ parcelId, carrier: 'easypost', invoiceNumber: `INV-${amount}`, amount: inEur(amount) },
      ...{ carded: inEur(450), status: excess === undefined ? 'matched' : 'disputed' },
      ...(excess === undefined ? {} : { excess: inEur(excess) }),
    },
  });

  it('bears the refund that names it, and a refund that came back is none', async () => {
    const facts = [...order(one(), pen()), ...refund({ parcelId: otherParcelId })];
    await lake.load([
      ...costs,
      penCost,
      ...orderRecords(1, { at: '2026-11-28T10:00:00.000Z', facts: [...facts, invoiced(450)] }),
      ...orderRecords(2, {
        at: '2026-11-28T11:00:00.000Z',
        facts: [...order(one()), ...refund(), refundFailed()],
      }),
    ]);
    const day = await askedReport(unitEconomics, lake, berlin);

    expect(rowsOf(day, 'by-sku')).toMatchObject([
      { sku: 'MUG', refunds: eur(0), absorbed: eur(0) },
      { sku: 'HAT', refunds: eur(0) },
      // Its freight is not known, so no amount of it counts.
      { sku: 'PEN', units: 1, known: 0, price: eur(0), refunds: eur(0), contribution: null, margin: null },
    ]);
    expect(day.notCounted).toMatchObject([
      { code: 'no-freight', count: 1 },
      { code: 'no-payment-fee', count: 6 },
    ]);
  });

  it('costs what the carrier invoiced, less what it credited', async () => {
    const credited: NewFact = {
      name: 'freight.dispute_settled',
      data: { parcelId, carrier: 'easypost', invoiceNumber: 'INV-900', outcome: 'credited' },
    };
    await lake.load([
      ...costs,
      ...orderRecords(1, {
        at: '2026-11-28T10:00:00.000Z',
        facts: [...order(one()), invoiced(900, 150), credited, invoiced(75)],
      }),
    ]);

    // 9.00 - 1.50 + 0.75 = 8.25: 8.25 x 600 / 750 = 6.60 and 1.65.
    expect(rowsOf(await askedReport(unitEconomics, lake, berlin), 'by-sku')).toMatchObject([
      { sku: 'MUG', freight: eur(660) },
      { sku: 'HAT', freight: eur(165) },
    ]);
  });
});

describe('what is not known', () => {
  it('is counted, and never zero', async () => {
    const inYen = pricedOrder({ currency: 'JPY', country: 'JP', goods: 9000, sku: 'HAT' });
    await lake.load([
      dailyRates('2026-11-27', { USD: '1.25' }),
      purchaseCost({ sku: 'HAT', validFrom: '2026-01-01', purchase: inEur(400), firstLeg: inEur(20) }),
      // Without its first leg; and CNY has no rate.
      purchaseCost({ sku: 'MUG', validFrom: '2026-01-01', purchase: { amount: 1_450, currency: 'CNY' } }),
      // It holds only after the order.
      purchaseCost({ sku: 'BAG', validFrom: '2026-11-29', purchase: inEur(1), firstLeg: inEur(1) }),
      ...orderRecords(1, { at: '2026-11-28T10:00:00.000Z', facts: order(mugsAndHat()) }),
      ...orderRecords(2, { at: '2026-11-28T10:00:00.000Z', facts: [inYen, ...paid(9000, 'JPY')] }),
      ...orderRecords(3, {
        at: '2026-11-28T10:00:00.000Z',
        facts: [pricedOrder({ goods: 700, sku: 'BAG', quantity: 7 }), ...paid(700)],
      }),
      ...orderRecords(4, { at: '2026-11-28T10:00:00.000Z', facts: [pricedOrder({ goods: 700 })] }),
    ]);
    const day = await askedReport(unitEconomics, lake, berlin);

    const unknown = { known: 0, price: eur(0), contribution: null, margin: null };
    expect(rowsOf(day, 'by-sku')).toMatchObject([
      { sku: 'HAT', units: 2, known: 1, price: eur(1000) },
      { sku: 'BAG', units: 7, ...unknown },
      { sku: 'MUG', units: 2, ...unknown },
    ]);
    expect(day.notCounted.map(({ code, count }) => [code, count])).toEqual([
      ['no-purchase-cost', 7],
      ['no-first-leg', 9],
      ['no-freight', 8],
      ['no-payment-fee', 1],
      ['not-paid', 1],
    ]);
  });

  it('is an amount without a rate', async () => {
    await lake.load([
      ...costs.slice(1),
      ...orderRecords(1, { at: '2026-11-28T10:00:00.000Z', facts: order(mugsAndHat()) }),
    ]);
    const day = await askedReport(unitEconomics, lake, berlin);

    expect(rowsOf(day, 'by-sku')).toMatchObject([
      { sku: 'HAT', known: 1 },
      { sku: 'MUG', units: 2, known: 0, contribution: null },
    ]);
    expect(day.notCounted).toMatchObject([{ code: 'no-payment-fee' }, { code: 'no-rate', count: 2 }]);
  });

  it('is nothing, where the lake is empty', async () => {
    const day = await askedReport(unitEconomics, lake, { ...berlin, parameters: { priceChange: '5' } });

    expect(rowsOf(day, 'summary')).toMatchObject([
      { units: 0, known: 0, price: eur(0), contribution: null, margin: null },
    ]);
    for (const table of ['by-sku', 'by-market', 'what-if']) expect(rowsOf(day, table)).toEqual([]);
    expect(day.notCounted).toEqual([]);
  });
});
