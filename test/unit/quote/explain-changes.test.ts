import { describe, expect, it } from 'vitest';
import type { LandedCost } from '../../../events/landed-cost.ts';
import { explainChanges, type PricedAfter } from '../../../shared/quote/change/explain-changes.ts';
import { charge, consignment, domesticConsignment, landedCost, line } from '../../builders/landed-cost.ts';

const plenty = new Map([
  [
    'TEA-TOWEL',
    new Map([
      ['cn-shenzhen', 100],
      ['pl-poznan', 100],
    ]),
  ],
]);

function changes(before: LandedCost, after: LandedCost, over: Partial<PricedAfter> = {}) {
  return explainChanges(
    { landedCost: before, sellerVersion: 'v1' },
    { landedCost: after, sellerVersion: 'v1', stock: plenty, ...over },
  );
}

const fx = (over: object = {}) => ({
  id: 'ecb-2026-11-20',
  base: 'EUR' as const,
  used: { USD: '1.1580' },
  spreadBasisPoints: 0,
  ...over,
});
/** The usual consignment with its charges of a kind changed. */
const charged = (kind: string, over: object) =>
  landedCost({
    consignments: [
      consignment({
        charges: consignment().charges.map((each) => (each.kind === kind ? { ...each, ...over } : each)),
      }),
    ],
  });

describe('the reasons for differences between two quotes of one basket', () => {
  const before = landedCost();

  it('are none if nothing changed, even hours later', () => {
    const later = consignment({
      promise: { earliest: '2026-12-01T13:00:00.000Z', latest: '2026-12-05T13:00:00.000Z' },
    });
    expect(changes(before, landedCost({ consignments: [later] }))).toEqual([]);
    const newTable = { exchangeRates: fx({ id: 'ecb-2026-11-23' }) };
    expect(changes(landedCost({ exchangeRates: fx() }), landedCost(newTable))).toEqual([]);
  });

  it('stock: the warehouse of the plan no longer has enough for all lines together', () => {
    const two = landedCost({ consignments: [consignment({ lines: [line(), line({ lineId: '2' })] })] });
    const three = new Map([['TEA-TOWEL', new Map([['cn-shenzhen', 3]])]]);
    expect(changes(two, two, { stock: three })).toEqual([
      {
        what: 'stock',
        detail: 'cn-shenzhen has 3 of TEA-TOWEL left, and 4 are wanted',
        before: 'at least 4',
        after: '3',
      },
    ]);
    expect(changes(before, before, { stock: new Map() })[0]).toMatchObject({ what: 'stock', after: '0' });
  });

  it('network: the warehouse, carrier or service is another; its rules and freight are not separate reasons', () => {
    const elsewhere = landedCost({ consignments: [domesticConsignment({ lines: [line()] })] });
    expect(changes(before, elsewhere)).toEqual([
      {
        what: 'network',
        detail: '1 from pl-poznan by easypost standard instead of cn-shenzhen by easypost standard',
        before: 'cn-shenzhen by easypost standard',
        after: 'pl-poznan by easypost standard',
      },
    ]);
  });

  it('delivery-slot: the slot or its price is another; its charge does not count as a rate card change', () => {
    const slot = { slotId: 'de-1_2026-12-07_0800-1200_day', carrier: 'easypost', from: '', to: '' };
    const surcharge = (amount: number) =>
      charge({ kind: 'shipping', code: 'delivery-slot', amount: { amount, currency: 'EUR' } });
    const within = (amount: number, slotId = slot.slotId) =>
      landedCost({
        deliverySlot: { ...slot, slotId },
        consignments: [consignment({ charges: [...consignment().charges, surcharge(amount)] })],
      });
    expect(changes(before, within(500))).toMatchObject([
      { what: 'delivery-slot', after: slot.slotId, amount: { amount: 500, currency: 'EUR' } },
    ]);
    expect(changes(within(500), within(700))).toMatchObject([
      { what: 'delivery-slot', amount: { amount: 200, currency: 'EUR' } },
    ]);
    expect(changes(within(500), within(500, 'de-1_2026-12-08_0800-1200_day'))).toHaveLength(1);
    expect(changes(within(500), within(500))).toEqual([]);
  });

  it('price: the merchant’s own price changed, listed or converted', () => {
    expect(
      changes(
        before,
        charged('goods', { amount: { amount: 2600, currency: 'EUR' }, formula: '26.00 EUR = 13.00 EUR x 2' }),
      ),
    ).toEqual([
      {
        what: 'price',
        detail: 'the price of TEA-TOWEL: 26.00 EUR = 13.00 EUR x 2 instead of 24.00 EUR = 12.00 EUR x 2',
        before: '24.00 EUR = 12.00 EUR x 2',
        after: '26.00 EUR = 13.00 EUR x 2',
        amount: { amount: 200, currency: 'EUR' },
      },
    ]);
    // The same base price at another rate does not count as a price change.
    const base = { amount: 2100, currency: 'GBP' };
    expect(
      changes(
        charged('goods', { base }),
        charged('goods', { base, amount: { amount: 2410, currency: 'EUR' } }),
      ),
    ).toEqual([]);
  });

  it('seller: the registrations or price settings changed', () => {
    expect(changes(before, before, { sellerVersion: 'v2' })).toEqual([
      {
        what: 'seller',
        detail: "the merchant's registrations or price settings changed",
        before: 'v1',
        after: 'v2',
      },
    ]);
  });

  it('fx: the rate of a used currency or the spread changed; the freight gives no additional reason', () => {
    const then = { ...before, exchangeRates: fx() };
    const now = {
      ...charged('shipping', { amount: { amount: 610, currency: 'EUR' } }),
      exchangeRates: fx({ id: 'ecb-2026-11-23', used: { USD: '1.1600', GBP: '0.8790' } }),
    };
    expect(changes(then, now)).toEqual([
      {
        what: 'fx',
        detail: 'for one EUR: USD 1.1600 instead of 1.1580',
        before: 'ecb-2026-11-20',
        after: 'ecb-2026-11-23',
      },
    ]);
    expect(changes(then, { ...then, exchangeRates: fx({ spreadBasisPoints: 150 }) })[0]).toMatchObject({
      what: 'fx',
      detail: 'for one EUR: a spread of 150 bp instead of 0',
    });
  });

  it('rate-card: the same way costs another freight, or has another rate card', () => {
    expect(changes(before, charged('shipping', { amount: { amount: 650, currency: 'EUR' } }))).toEqual([
      {
        what: 'rate-card',
        detail: 'the freight from cn-shenzhen by easypost standard',
        before: 'rate-card',
        after: 'rate-card',
        amount: { amount: 50, currency: 'EUR' },
      },
    ]);
    expect(changes(before, charged('shipping', { ruleId: 'rate-card-2027' }))[0]).toMatchObject({
      what: 'rate-card',
      after: 'rate-card-2027',
      amount: { amount: 0 },
    });
  });

  it('rule: a rule or rate was changed, added or removed', () => {
    const newVersion = { ruleSet: { version: '2026.12', date: '2026-12-01' } };
    const costlier = {
      ...charged('tax', { rate: '21', amount: { amount: 693, currency: 'EUR' } }),
      ...newVersion,
    };
    expect(changes(before, costlier)).toEqual([
      {
        what: 'rule',
        detail: 'ioss-vat: eu-ioss at 21 instead of eu-ioss at 19, since version 2026.12 of the rules',
        before: 'eu-ioss at 19',
        after: 'eu-ioss at 21',
        amount: { amount: 66, currency: 'EUR' },
      },
    ]);
    const fee = charge({
      kind: 'fee',
      code: 'union-handling-fee',
      amount: { amount: 200, currency: 'EUR' },
      ruleId: 'eu-handling-fee',
    });
    const more = landedCost({ consignments: [consignment({ charges: [...consignment().charges, fee] })] });
    expect(changes(before, more)[0]?.detail).toBe(
      'union-handling-fee: eu-handling-fee instead of nothing, on 2026-11-23',
    );
    expect(changes(more, before)[0]).toMatchObject({
      detail: 'union-handling-fee: no longer charged instead of eu-handling-fee, on 2026-11-23',
      amount: { amount: -200 },
    });
    // A new version that does not change the basket's figures is not a reason.
    expect(changes(before, { ...before, ...newVersion })).toEqual([]);
  });

  it('promise: the last parcel is promised for another day', () => {
    const late = consignment({
      promise: { earliest: '2026-12-02T10:00:00.000Z', latest: '2026-12-08T10:00:00.000Z' },
    });
    expect(changes(before, landedCost({ consignments: [late] }))).toEqual([
      {
        what: 'promise',
        detail: 'there by 2026-12-08 instead of 2026-12-05',
        before: '2026-12-05',
        after: '2026-12-08',
      },
    ]);
  });
});
