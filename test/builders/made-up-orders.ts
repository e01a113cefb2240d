import type { NewFact } from '../../events/all-events.ts';
import type { Currency } from '../../shared/kernel/currency.ts';
import { type Instant, later } from '../../shared/kernel/time.ts';
import { type LakeRecord, readRecord, recordOf } from '../../shared/lake/record.ts';
import { authorised, captured, placed, started } from './facts.ts';
import { idOf } from './ids.ts';
import { recordsOf } from './lake.ts';
import { charge, consignment, landedCost, line } from './landed-cost.ts';
import { placedAt } from './timeline.ts';

const KINDS = ['order', 'quote', 'payment', 'parcel', 'refund', 'declaration', 'dispatch', 'fact'] as const;

/**
 * The records of an order whose first fact is at `at`; the others follow a second apart, or when they say themselves,
 * counted from the builders' `placedAt`. Every id is of this order alone.
 */
export function orderRecords(
  number: number,
  { at, facts }: { readonly at: Instant; readonly facts: readonly NewFact[] },
): LakeRecord[] {
  const shift = Date.parse(at) - Date.parse(placedAt);
  return recordsOf(facts).map((record) => {
    let json = JSON.stringify({
      ...record,
      occurredAt: later(record.occurredAt, shift),
      recordedAt: later(record.recordedAt, shift),
    });
    for (const kind of KINDS)
      for (let own = 30; own > 0; own -= 1)
        json = json.replaceAll(idOf(kind, own), idOf(kind, number * 100 + own));
    const read = readRecord(json);
    if (read.kind !== 'known') throw new Error(`${record.name}: ${read.kind}`);
    return read.record;
  });
}

export interface Priced {
  readonly currency?: Currency;
  readonly country?: string;
  readonly sku?: string;
  readonly quantity?: number;
  readonly goods: number;
  readonly shipping?: number;
  readonly duty?: number;
  readonly tax?: number;
  readonly storefrontId?: string;
  readonly channel?: string;
  /** The warehouse that sends it; Shenzhen if absent. */
  readonly warehouseId?: string;
  /** The day of the locked rates. */
  readonly ratesDay?: string;
  readonly collectedOnDelivery?: boolean;
}

/** An order of one line and one parcel with these figures, in minor units. */
export function pricedOrder(given: Priced): Extract<NewFact, { name: 'order.placed' }> {
  const {
    currency = 'EUR',
    country = 'DE',
    storefrontId = 'shop',
    channel,
    ratesDay,
    warehouseId = 'cn-shenzhen',
    sku = 'TEA-TOWEL',
  } = given;
  const priced = (amount: number) => ({ amount, currency });
  const onDelivery = given.collectedOnDelivery === true ? { collectedOnDelivery: true } : {};
  const charges = [
    charge({ lineId: '1', amount: priced(given.goods) }),
    charge({ kind: 'shipping', code: 'shipping', amount: priced(given.shipping ?? 0), ruleId: 'rate-card' }),
    charge({
      kind: 'duty',
      code: 'duty',
      lineId: '1',
      amount: priced(given.duty ?? 0),
      owedTo: `${country}:customs`,
      ...onDelivery,
    }),
    charge({
      kind: 'tax',
      code: 'import-vat',
      lineId: '1',
      amount: priced(given.tax ?? 0),
      owedTo: `${country}:vat`,
      ...onDelivery,
    }),
  ];
  const of = { sku, quantity: given.quantity ?? 1, goodsValue: priced(given.goods) };
  return placed({
    storefrontId,
    ...(channel === undefined ? {} : { channel }),
    landedCost: landedCost({
      currency,
      destination: { country },
      consignments: [consignment({ warehouseId, lines: [line(of)], charges })],
      ...(ratesDay === undefined ? {} : { exchangeRates: lockedRates(ratesDay) }),
    }),
  });
}

const lockedRates = (date: string) => ({
  id: `ecb-${date}`,
  base: 'EUR' as const,
  date,
  source: 'ECB',
  used: {},
});

/** The steps of a payment that is accepted and taken. */
export const paid = (amount: number, currency: Currency = 'EUR'): NewFact[] => [
  started({ amount: { amount, currency } }),
  authorised({ amount: { amount, currency } }),
  captured({ amount: { amount, currency } }),
];

/** The daily rates of a day against the euro. */
export const dailyRates = (date: string, rates: Partial<Record<Currency, string>>): LakeRecord =>
  recordOf(
    'rates.stored',
    { id: `RATES#daily#${date}`, occurredAt: `${date}T15:00:00.000Z`, recordedAt: `${date}T15:00:00.000Z` },
    { kind: 'daily', date, base: 'EUR', source: 'ECB', rates },
  );
