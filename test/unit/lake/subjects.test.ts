import { describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import type { LakeRecord } from '../../../shared/lake/record.ts';
import { commonColumns } from '../../../shared/lake/subject.ts';
import { subjects } from '../../../shared/lake/subjects/index.ts';
import {
  booked,
  cancelled,
  otherParcelId,
  parcelId,
  paymentId,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  scanned,
  untilDispatched,
  untilPaid,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { recordsOf, rowsIn } from '../../builders/lake.ts';
import { charge, consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { orderId, placedAt } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

const delivered: NewFact[] = [
  scanned(),
  { name: 'parcel.delivered', data: { parcelId, deliveredAt: '2026-12-07T09:00:00.000Z' } },
  {
    name: 'parcel.promise_broken',
    data: { parcelId, promisedBy: '2026-12-05T10:00:00.000Z', deliveredAt: '2026-12-07T09:00:00.000Z' },
  },
  { name: 'order.delivered', data: {} },
];
const journey = recordsOf([...untilDispatched(), ...delivered]);

/** A record of something else than an order. */
const other = (name: string, data: object): LakeRecord =>
  ({ id: `${name}-1`, name, version: 1, occurredAt: placedAt, recordedAt: placedAt, data }) as LakeRecord;

const without = <Row extends object>(row: Row | undefined, ...names: string[]) =>
  Object.fromEntries(Object.entries(row ?? {}).filter(([name]) => !names.includes(name)));
const common = Object.keys(commonColumns);

describe('the tables of the lake', () => {
  it('have names of their own, the common columns first, and a sentence for each column', () => {
    expect(new Set(subjects.map(({ name }) => name)).size).toBe(subjects.length);
    for (const { name, says, columns } of subjects) {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(says).toMatch(/\.$/);
      expect(Object.keys(columns).slice(0, common.length)).toEqual(common);
      for (const [column, { says: sentence }] of Object.entries(columns)) {
        expect(column).toMatch(/^[a-z]+(_[a-z]+)*$/);
        expect(sentence).toMatch(/[.…]$/);
      }
    }
  });

  it('have a currency beside every amount', () => {
    for (const { name, columns } of subjects) {
      const names = Object.keys(columns);
      const amounts = names.filter((column) => column.endsWith('_minor'));
      for (const amount of amounts) {
        const own = amount.replace(/_minor$/, '_currency');
        expect([name, amount, names.includes(own) || names.includes('currency')]).toEqual([
          name,
          amount,
          true,
        ]);
      }
    }
  });
});

describe('a whole order', () => {
  it('is one row of orders, with the figures of the promise', () => {
    const [row, ...more] = rowsIn('orders', journey);

    expect(more).toEqual([]);
    expect(row).toEqual({
      ...{ fact_id: idOf('fact', 1), row_no: 0, fact_version: 1 },
      ...{ occurred_at: placedAt, recorded_at: placedAt, day: '2026-11-23' },
      ...{ order_id: orderId, storefront_id: 'shop', channel: null, quote_id: idOf('quote', 1) },
      ...{ country: 'DE', region: null, incoterm: 'DDP', currency: 'EUR' },
      ...{ goods_minor: 2400, shipping_minor: 600, duty_minor: 300, tax_minor: 627, fees_minor: 0 },
      ...{ total_minor: 3927, parcels: 1, payment_method: 'card', payment_provider: 'stripe' },
      ...{ payment_id: paymentId, fee_millionths: null, fee_fixed_minor: null },
      ...{ rate_id: null, rates_date: null, rule_set: '2026.11', carbon_grams: null },
    });
  });

  it('has the expected fee of its payment, and what its settlement says', () => {
    const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
    const fact = placed();
    const feeRule = { percent: '1.4525', fixed: eur(25), by: 'terms' as const };
    const records = recordsOf([
      { ...fact, data: { ...fact.data, payment: { ...fact.data.payment, feeRule } } },
      ...untilPaid().slice(1),
      {
        name: 'payment.settled',
        data: {
          ...{ paymentId, providerReference: 'txn_1', kind: 'payment', settles: 'ch_1', payoutId: 'po_1' },
          ...{ gross: eur(3927), net: { amount: 4_200, currency: 'USD' } },
          ...{ fee: { amount: 110, currency: 'USD' }, held: { amount: 10, currency: 'USD' } },
        },
      },
    ]);
    expect(rowsIn('orders', records)).toMatchObject([{ fee_millionths: 14_525, fee_fixed_minor: 25 }]);
    const captures = rowsIn('payments', records).filter(({ event }) => event === 'captured');
    expect(captures).toMatchObject([{ reference: 'ch_1', fee_minor: null }]);
    // 1.10 USD of 43.20 USD that were 39.27 EUR: 0.99993 EUR.
    expect(rowsIn('settlements', records)).toMatchObject([
      {
        ...{ kind: 'payment', settles: 'ch_1', gross_minor: 3927, currency: 'EUR', fee_minor: 100 },
        ...{ net_minor: 4_200, held_minor: 10, account_currency: 'USD' },
      },
    ]);
  });

  it('has a row for each of its facts but the scan, in their order', () => {
    const rows = rowsIn('order_events', journey);

    expect(rows.map(({ name }) => name)).toEqual(
      journey.map(({ name }) => name).filter((name) => name !== 'parcel.scanned'),
    );
    expect(new Set(rows.map(({ caused_by }) => caused_by))).toEqual(new Set(['journey']));
  });

  it('has its goods, its charges and its parcel', () => {
    expect(without(rowsIn('lines', journey)[0], ...common)).toEqual({
      ...{ order_id: orderId, storefront_id: 'shop', country: 'DE', parcel_id: parcelId },
      ...{ consignment_id: 'c1', warehouse_id: 'cn-shenzhen', line_id: '1', sku: 'TEA-TOWEL' },
      ...{
        line_of_sku: 0,
        description: 'Linen tea towel',
        quantity: 2,
        unit_weight_grams: 180,
        hs_code: '630260',
      },
      ...{ origin_country: 'IN', goods_minor: 2400, currency: 'EUR' },
    });
    const charges = rowsIn('charges', journey);
    expect(charges.map(({ kind, amount_minor }) => [kind, amount_minor])).toEqual([
      ['goods', 2400],
      ['shipping', 600],
      ['duty', 300],
      ['tax', 627],
    ]);
    expect(charges[3]).toMatchObject({
      ...{ row_no: 3, scheme: 'ioss', owed_to: 'DE:ioss', rate: '19', sku: 'TEA-TOWEL' },
      ...{ collected_on_delivery: false, needs_review: false },
    });
    expect(charges[1]).toMatchObject({ line_id: null, sku: null });
    expect(rowsIn('parcels', journey)).toMatchObject([
      {
        ...{ parcel_id: parcelId, carrier: 'easypost', regime: 'eu', scheme: 'ioss' },
        ...{ promised_earliest: '2026-12-01T10:00:00.000Z', promised_latest: '2026-12-05T10:00:00.000Z' },
        ...{ freight_minor: null, gross_weight_grams: null },
      },
    ]);
  });

  it('has the steps of its payment, its parcel, its declaration and its screening', () => {
    expect(rowsIn('payments', journey).map((row) => [row.event, row.amount_minor, row.provider])).toEqual([
      ['started', 3927, 'stripe'],
      ['authorised', 3927, null],
      ['captured', 3927, null],
    ]);
    expect(rowsIn('parcel_events', journey).map(({ event, happened_at }) => [event, happened_at])).toEqual([
      ['booked', '2026-11-23T10:00:05.000Z'],
      ['cleared', '2026-11-23T10:00:08.000Z'],
      ['dispatch_requested', '2026-11-23T10:00:09.000Z'],
      ['dispatched', '2026-11-23T15:00:00.000Z'],
      ['delivered', '2026-12-07T09:00:00.000Z'],
      ['promise_broken', '2026-12-07T09:00:00.000Z'],
    ]);
    expect(rowsIn('parcel_events', journey)[0]).toMatchObject({ cost_minor: 450, currency: 'EUR' });
    expect(rowsIn('declarations', journey)).toMatchObject([
      { event: 'filed', data_set: 'EU_H7', duty_minor: 300, duty_currency: 'EUR', authority_code: null },
      { event: 'released', data_set: null, authority_code: 'IM429' },
    ]);
    expect(rowsIn('screenings', journey)).toMatchObject([
      { outcome: 'released', decided_by: 'rules', rule_id: null },
    ]);
    expect(rowsIn('scans', journey)).toMatchObject([{ parcel_id: parcelId, country: 'DE' }]);
  });

  it('has journals that sum to zero, with the number of their fact', () => {
    const rows = rowsIn('journals', journey);
    const sums = new Map<unknown, number>();
    for (const { sequence, amount_minor } of rows)
      sums.set(sequence, (sums.get(sequence) ?? 0) + Number(amount_minor));

    expect([...sums.values()]).toEqual([0, 0, 0]);
    expect(rows).toContainEqual(
      expect.objectContaining({ account: 'sales', amount_minor: -2400, currency: 'EUR' }),
    );
  });

  it('reserves its stock', () => {
    expect(rowsIn('stock_movements', journey).map(({ kind, state, units }) => [kind, state, units])).toEqual([
      ['reserve', 'available', -2],
      ['reserve', 'reserved', 2],
    ]);
  });

  it('of two parcels has the goods of each under its own parcel', () => {
    const two = recordsOf(forTwoParcels(untilPaid()));

    expect(rowsIn('parcels', two).map((row) => [row.parcel_id, row.warehouse_id])).toEqual([
      [parcelId, 'cn-shenzhen'],
      [otherParcelId, 'pl-poznan'],
    ]);
    expect(rowsIn('lines', two).map((row) => [row.row_no, row.parcel_id])).toEqual([
      [0, parcelId],
      [1, otherParcelId],
    ]);
    expect(rowsIn('charges', two).map(({ row_no }) => row_no)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('what not every order has', () => {
  it('is absent, or a sum where each part is known', () => {
    const known = consignment({
      carbonGrams: 900,
      freight: { amount: 450, currency: 'USD' },
      packages: [
        { count: 3, dimensions: { lengthMm: 300, widthMm: 200, heightMm: 100 }, grossWeightGrams: 500 },
      ],
    });
    const both = (second: object) =>
      recordsOf([
        placed({
          landedCost: landedCost({ consignments: [known, consignment({ consignmentId: 'c2', ...second })] }),
        }),
      ]);

    expect(rowsIn('orders', both({}))[0]).toMatchObject({ carbon_grams: null });
    expect(rowsIn('orders', both({ carbonGrams: 100 }))[0]).toMatchObject({ carbon_grams: 1000 });
    expect(rowsIn('parcels', both({}))[0]).toMatchObject({
      ...{ gross_weight_grams: 1500, freight_minor: 450, freight_currency: 'USD', carbon_grams: 900 },
    });
  });

  it('pays its duty on delivery, and says so', () => {
    const dap = landedCost({
      incoterm: 'DAP',
      consignments: [consignment({ charges: [charge({ kind: 'duty', collectedOnDelivery: true })] })],
    });

    expect(rowsIn('charges', recordsOf([placed({ landedCost: dap })]))).toMatchObject([
      { kind: 'duty', collected_on_delivery: true },
    ]);
  });

  it('merges two lines of one SKU where stock is counted, and nowhere else', () => {
    const lines = [line(), line({ lineId: '2', quantity: 3 })];
    const two = recordsOf([placed({ landedCost: landedCost({ consignments: [consignment({ lines })] }) })]);

    expect(rowsIn('stock_movements', two).map(({ units }) => units)).toEqual([-5, 5]);
    expect(rowsIn('lines', two).map(({ quantity }) => quantity)).toEqual([2, 3]);
  });

  it('names why money went back', () => {
    const back = recordsOf([...untilPaid(), refundRequested({ parcelId }), refundPaid(), refundFailed()]);

    expect(
      rowsIn('refunds', back).map((row) => [row.event, row.amount_minor, row.reason, row.parcel_id]),
    ).toEqual([
      ['requested', 3927, 'order-stopped', parcelId],
      ['paid', 3927, null, null],
      ['failed', null, 'expired_card', null],
    ]);
    expect(rowsIn('order_events', back).at(-3)).toMatchObject({ reason: 'order-stopped' });
    expect(rowsIn('order_events', recordsOf([placed(), cancelled()])).at(-1)).toMatchObject({
      ...{ name: 'order.cancelled', reason: 'asked-for' },
    });
  });

  it('names why a payment failed, and who was asked', () => {
    const failed: NewFact = { name: 'payment.failed', data: { paymentId, code: 'card_declined' } };

    expect(rowsIn('payments', recordsOf([placed(), failed]))).toMatchObject([
      { event: 'failed', code: 'card_declined', amount_minor: null, currency: null },
    ]);
  });

  it('has a row for each rule that held it', () => {
    const finding = (ruleId: string, outcome: 'pass' | 'hold') => ({ ruleId, outcome, explanation: 'why' });
    const findings = [finding('a', 'pass'), finding('b', 'hold'), finding('c', 'hold')];
    const held = recordsOf([placed(), { name: 'screening.held', data: { findings } }]);

    expect(
      rowsIn('screenings', held).map((row) => [row.row_no, row.outcome, row.decided_by, row.rule_id]),
    ).toEqual([
      [0, 'held', 'rules', 'b'],
      [1, 'held', 'rules', 'c'],
    ]);
  });

  it('comes back into stock, and is paid to the carrier', () => {
    const restock = [{ sku: 'TEA-TOWEL', sellable: 1, writtenOff: 1 }];
    const carded = { amount: 450, currency: 'EUR' } as const;
    const invoice = { parcelId, carrier: 'easypost', invoiceNumber: 'INV-1' };
    const records = recordsOf([
      ...untilDispatched(),
      { name: 'parcel.closed', data: { parcelId, outcome: 'returned', restock, refund: 'share' } },
      {
        name: 'freight.invoiced',
        data: { ...invoice, amount: { amount: 500, currency: 'EUR' }, carded, status: 'disputed' },
      },
      { name: 'freight.dispute_settled', data: { ...invoice, outcome: 'credited' } },
    ]);

    expect(
      rowsIn('stock_movements', records)
        .slice(2)
        .map((row) => [row.state, row.units]),
    ).toEqual([
      ['available', 1],
      ['on_hand', 1],
      ['written_off', 1],
      ['shipped', -2],
    ]);
    expect(rowsIn('parcel_events', records).at(-1)).toMatchObject({ event: 'closed', outcome: 'returned' });
    expect(
      rowsIn('freight_invoices', records).map((row) => [row.event, row.amount_minor, row.status]),
    ).toEqual([
      ['invoiced', 500, 'disputed'],
      ['dispute_settled', null, 'credited'],
    ]);
  });

  it('is booked with a carrier other than planned', () => {
    const records = recordsOf([...untilPaid(), booked({ carrier: 'other', service: 'express' })]);

    expect(rowsIn('parcel_events', records)[0]).toMatchObject({ carrier: 'other', service: 'express' });
  });
});

describe('what is no order', () => {
  const basket = {
    storefrontId: 'shop',
    destination: { country: 'US', region: 'NY' },
    ...{ currency: 'USD', incoterm: 'DDP', lines: [{ sku: 'MUG', quantity: 2 }] },
  };

  it('is a quote with its cheapest option and its earliest promise', () => {
    const option = (optionId: string, amount: number, promisedBy: string) => ({
      ...{ optionId, labels: [], total: { amount, currency: 'USD' }, promisedBy },
    });
    const given = other('quote.given', {
      ...{ ...basket, quoteId: idOf('quote', 7), expiresAt: '2026-11-23T10:30:00.000Z' },
      options: [option('a', 900, '2026-12-09T00:00:00.000Z'), option('b', 1200, '2026-12-01T00:00:00.000Z')],
    });

    expect(rowsIn('quotes', [given])).toMatchObject([
      {
        ...{ fact_id: 'quote.given-1', outcome: 'given', quote_id: idOf('quote', 7), reason: null },
        ...{ country: 'US', region: 'NY', lines: 1, options: 2, cheapest_minor: 900, currency: 'USD' },
        promised_by: '2026-12-01T00:00:00.000Z',
      },
    ]);
    expect(rowsIn('quote_lines', [given])).toMatchObject([{ outcome: 'given', sku: 'MUG', quantity: 2 }]);
  });

  it('is a refused basket with a row for each reason', () => {
    const refused = other('quote.refused', { ...basket, reasons: ['not-in-stock', 'no-lane'] });

    expect(rowsIn('quotes', [refused]).map((row) => [row.row_no, row.reason, row.quote_id])).toEqual([
      [0, 'not-in-stock', null],
      [1, 'no-lane', null],
    ]);
    expect(rowsIn('quote_lines', [refused])).toMatchObject([{ outcome: 'refused', quote_id: null }]);
  });

  it('is stock that was moved or published', () => {
    const moved = other('stock.moved', {
      ...{ sku: 'MUG', key: 'k-1', kind: 'dispatch-transfer', transferId: 'TR-1' },
      changes: [
        { warehouseId: 'cn-shenzhen', available: -3, onHand: -3, transferredOut: 3 },
        { warehouseId: 'pl-poznan', inTransit: 3, transferredIn: 3 },
      ],
    });
    const published = other('stock.changed', {
      ...{ sku: 'MUG', warehouseId: 'pl-poznan', available: 0, reserved: 2, quarantined: 0, onHand: 2 },
      ...{ inTransit: 3, asOf: placedAt },
    });

    expect(rowsIn('stock_movements', [moved]).map((row) => [row.warehouse_id, row.state, row.units])).toEqual(
      [
        ['cn-shenzhen', 'available', -3],
        ['cn-shenzhen', 'on_hand', -3],
        ['cn-shenzhen', 'transferred_out', 3],
        ['pl-poznan', 'in_transit', 3],
        ['pl-poznan', 'transferred_in', 3],
      ],
    );
    expect(rowsIn('stock_movements', [moved])[0]).toMatchObject({ key: 'k-1', order_id: null });
    expect(rowsIn('stock_levels', [published])).toMatchObject([{ available: 0, on_hand: 2, in_transit: 3 }]);
  });

  it('is a product, a cost, a table of rates, an import of rules, a call of a partner', () => {
    const product = other('product.stored', {
      ...{ sku: 'MUG', description: 'Mug', hsCode: '691110', originCountry: 'CN', unitWeightGrams: 300 },
      basePrice: { amount: 900, currency: 'EUR' },
    });
    const rates = other('rates.stored', {
      ...{ kind: 'daily', date: '2026-11-23', base: 'EUR', source: 'ECB' },
      rates: { USD: '1.1603', JPY: '181.2' },
    });
    const rules = other('trade-rules.imported', {
      ...{ version: 'b', previousVersion: 'a', destinations: [], goods: [], skus: [], moreSkus: false },
      ...{ added: 1, changed: 2 },
    });
    const call = other('callback.received', {
      ...{ kind: 'payment', code: 'stripe', callbackId: 'evt_1', outcome: 'acted', orderId },
    });

    const cost = other('purchase-cost.stored', {
      ...{ sku: 'MUG', validFrom: '2026-11-01', purchase: { amount: 1450, currency: 'CNY' } },
    });
    const marketing = other('marketing-cost.stored', {
      ...{ storefrontId: 'shop', market: 'DE', channel: 'search', day: '2026-11-22' },
      amount: { amount: 4250, currency: 'EUR' },
    });

    const customer = other('customer.counted', {
      ...{ orderId, firstMonth: '2026-10', firstMarket: 'FR', nth: 2 },
    });

    expect(rowsIn('cohorts', [customer])).toMatchObject([
      { order_id: orderId, first_month: '2026-10', first_country: 'FR', nth: 2 },
    ]);
    expect(rowsIn('purchase_costs', [cost])).toMatchObject([
      {
        ...{ sku: 'MUG', valid_from: '2026-11-01', purchase_minor: 1450, purchase_currency: 'CNY' },
        ...{ first_leg_minor: null, first_leg_currency: null },
      },
    ]);
    expect(rowsIn('marketing_costs', [marketing])).toMatchObject([
      {
        ...{ storefront_id: 'shop', country: 'DE', channel: 'search', spent_on: '2026-11-22' },
        ...{ amount_minor: 4250, currency: 'EUR' },
      },
    ]);
    expect(rowsIn('products', [product])).toMatchObject([
      { sku: 'MUG', base_price_minor: 900, base_price_currency: 'EUR', customs_value_minor: null },
    ]);
    expect(rowsIn('rates', [rates]).map((row) => [row.currency, row.rate])).toEqual([
      ['USD', '1.1603'],
      ['JPY', '181.2'],
    ]);
    expect(rowsIn('rule_sets', [rules])).toMatchObject([{ version: 'b', previous_version: 'a', changed: 2 }]);
    expect(rowsIn('callbacks', [call])).toMatchObject([
      { partner: 'stripe', outcome: 'acted', order_id: orderId },
    ]);
  });
});
