import { describe, expect, it } from 'vitest';
import { builtinRuleBook } from '../../../../../shared/duties/index.ts';
import { createRuleBook } from '../../../../../shared/duties/rule-book.ts';
import type { Rule } from '../../../../../shared/duties/rules/schema.ts';
import type { Currency } from '../../../../../shared/kernel/currency.ts';
import { type Money, money } from '../../../../../shared/kernel/money.ts';
import type {
  BulkOption,
  ParcelOption,
  SkuInMarket,
} from '../../../../../shared/replenishment/network/channel/channel-cost.ts';
import { channelCost } from '../../../../../shared/replenishment/network/channel/channel-cost.ts';
import {
  channelsOn,
  chooseChannel,
} from '../../../../../shared/replenishment/network/channel/choose-channel.ts';
import type { ImportContext } from '../../../../../shared/replenishment/network/import-charges.ts';

const shirt = {
  sku: 'SHIRT',
  description: 'cotton T-shirt',
  hsCode: '610910',
  nationalCodes: { EU: '61091000', US: '6109100012' },
  originCountry: 'CN',
  unitWeightGrams: 200,
};
const context = (date: string, currency: Currency, rows?: readonly Rule[]): ImportContext => ({
  date,
  rules: rows === undefined ? builtinRuleBook : createRuleBook(rows, 'changed'),
  seller: { ioss: 'IM2760000001', importer: { US: '12-3456789XX' } },
  currency,
  convert: (amount: Money, to: Currency) => money(amount.amountMinor, to),
});
const changed = (id: string, change: Partial<Rule>): Rule[] =>
  builtinRuleBook.rows.map((row) => (row.id === id ? ({ ...row, ...change } as Rule) : row));

const settings = { currentOptionId: 'parcel', margin: 0.05, horizonDays: 90 };

describe('parcels against stock in the market, by the rules of the Union', () => {
  const eur = (minor: number) => money(minor, 'EUR');
  const sku: SkuInMarket = {
    sku: 'SHIRT',
    market: 'DE',
    salePrice: eur(2000),
    unitsPerParcel: 1,
    unitsPerInterval: 300,
    intervalDays: 60,
  };
  const source = { goods: shirt, supplierId: 'acme', shipFrom: 'CN', purchaseCost: eur(600) };
  const parcel: ParcelOption = {
    ...source,
    optionId: 'parcel',
    kind: 'parcel',
    channel: 'courier',
    freightPerParcel: eur(400),
    leadTimeDays: 0,
  };
  const bulk: BulkOption = {
    ...source,
    optionId: 'bulk',
    kind: 'bulk',
    rates: {
      perMove: eur(10_000),
      perKilogram: eur(150),
      handlingPerUnit: eur(50),
      storagePerUnitMonth: eur(30),
    },
    lastMilePerParcel: eur(400),
    capitalRatePerYear: 0.1,
    taxIsRecovered: true,
    leadTimeDays: 21,
  };
  const totals = (date: string, rows?: readonly Rule[]) =>
    Object.fromEntries(
      channelsOn([parcel, bulk], sku, context(date, 'EUR', rows)).costs.map(({ option, total }) => [
        option.optionId,
        total.amountMinor,
      ]),
    );

  it('cost what the law of the day makes them cost', () => {
    // Parcel on 2026-06-30, up to EUR 150 without duty: VAT 19 % x (20.00 + 4.00) = 4.56.
    // 6.00 + 4.00 + 4.56 = 14.56; x 300 = 4,368.00.
    // On 2026-07-01 the flat duty of 3.00 an item; VAT 19 % x 27.00 = 5.13: 18.13 x 300 = 5,439.00.
    // Bulk: purchase 1,800.00. Freight 100.00 + 60 kg x 1.50 = 190.00. Duty 12 % x 1,990.00 = 238.80. Import VAT is
    // recovered. Handling 150.00. Storage 300 x 30 / 30 x 0.30 = 90.00. Capital 1,800.00 x 0.1 x (21 + 30) / 365 =
    // 25.15.
    // Last mile 1,200.00. VAT of the sales 19 % x 24.00 = 4.56 x 300 = 1,368.00. In all 5,061.95.
    expect(totals('2026-06-30')).toEqual({ parcel: 436_800, bulk: 506_195 });
    expect(totals('2026-07-01')).toEqual({ parcel: 543_900, bulk: 506_195 });
  });

  it('are to be switched on the day of the rule less the lead time', () => {
    // 5,439.00 - 5,061.95 = 377.05 is 6.9 % of 5,439.00. 2026-07-01 less 21 days is 2026-06-10.
    const choice = chooseChannel([parcel, bulk], sku, context('2026-06-01', 'EUR'), settings);
    expect(choice).toMatchObject({
      kind: 'switch',
      to: { option: { optionId: 'bulk' } },
      betterFrom: '2026-07-01',
      decideBy: '2026-06-10',
      lateDays: 0,
    });
    expect(choice.kind === 'switch' && choice.rules.join()).toContain('eu-flat-duty');
    // After that day, the decision is late by the days since.
    const late = chooseChannel([parcel, bulk], sku, context('2026-06-25', 'EUR'), settings);
    expect(late).toMatchObject({ kind: 'switch', betterFrom: '2026-07-01', lateDays: 15 });
  });

  it('stay within the margin, and where the rule is beyond the horizon', () => {
    const at = context('2026-06-01', 'EUR');
    expect(chooseChannel([parcel, bulk], sku, at, { ...settings, margin: 0.07 }).kind).toBe('stay');
    expect(chooseChannel([parcel, bulk], sku, at, { ...settings, horizonDays: 29 }).kind).toBe('stay');
    expect(chooseChannel([parcel, bulk], sku, at, { ...settings, horizonDays: 30 }).kind).toBe('switch');
  });

  it('flip when the threshold of the relief falls to nothing', () => {
    // Parcel with 12 % x 24.00 = 2.88 of duty; VAT 19 % x 26.88 = 5.11: 17.99 x 300 = 5,397.00, 6.2 % above 5,061.95.
    const rows = changed('eu-duty-relief-150', { threshold: { amount: 0, currency: 'EUR' } });
    expect(totals('2026-06-01', rows).parcel).toBe(539_700);
    const choice = chooseChannel([parcel, bulk], sku, context('2026-06-01', 'EUR', rows), settings);
    expect(choice).toMatchObject({
      kind: 'switch',
      betterFrom: '2026-06-01',
      decideBy: '2026-05-11',
      lateDays: 21,
    });
  });

  it('flip on the day after the last day of a relief, even if no rule begins then', () => {
    // The relief ends with 2026-06-30. Without the rules of 2026-07-01, 12 % of duty are due: 5,397.00 as above.
    const rows = builtinRuleBook.rows.filter(
      ({ regime, validFrom }) => regime !== 'eu' || validFrom !== '2026-07-01',
    );
    expect(chooseChannel([parcel, bulk], sku, context('2026-06-01', 'EUR', rows), settings)).toMatchObject({
      kind: 'switch',
      betterFrom: '2026-07-01',
      from: { total: eur(539_700) },
    });
  });

  it('name a way without a price, and compare the others', () => {
    const odd = {
      ...bulk,
      optionId: 'odd',
      goods: { ...shirt, hsCode: '999999', nationalCodes: { EU: '99999999' } },
    };
    const onDay = channelsOn([odd, parcel], sku, context('2026-06-01', 'EUR'));
    expect(onDay.notPriced).toMatchObject([{ optionId: 'odd', reason: 'unclassified' }]);
    expect(onDay.costs).toHaveLength(1);
    expect(chooseChannel([odd], sku, context('2026-06-01', 'EUR'), settings).kind).toBe('none-priced');
    const none = channelCost(parcel, { ...sku, unitsPerInterval: 0 }, context('2026-06-01', 'EUR'));
    expect(none).toMatchObject({ ok: false, error: { reason: 'not-supported' } });
  });
});

describe('the end of the de minimis of the United States', () => {
  const usd = (minor: number) => money(minor, 'USD');
  const sku: SkuInMarket = {
    sku: 'SHIRT',
    market: 'US',
    salePrice: usd(3000),
    unitsPerParcel: 1,
    unitsPerInterval: 500,
    intervalDays: 60,
  };
  const source = {
    goods: { ...shirt, originCountry: 'GB' },
    supplierId: 'acme',
    shipFrom: 'GB',
    purchaseCost: usd(1000),
  };
  const parcel: ParcelOption = {
    ...source,
    optionId: 'parcel',
    kind: 'parcel',
    channel: 'post',
    freightPerParcel: usd(800),
    leadTimeDays: 0,
  };
  const bulk: BulkOption = {
    ...source,
    optionId: 'bulk',
    kind: 'bulk',
    rates: {
      perMove: usd(10_000),
      perKilogram: usd(200),
      handlingPerUnit: usd(50),
      storagePerUnitMonth: usd(30),
    },
    lastMilePerParcel: usd(500),
    capitalRatePerYear: 0.1,
    taxIsRecovered: true,
    leadTimeDays: 30,
  };

  it('adds USD 80 to a postal item from 2025-08-29 and makes stock the better way', () => {
    // Up to 2025-08-28 an item up to USD 800 is free: 10.00 + 8.00 = 18.00; x 500 = 9,000.00.
    const before = channelsOn([parcel, bulk], sku, context('2025-08-28', 'USD'));
    expect(before.costs.map(({ total }) => total)).toEqual([usd(900_000)]);
    // Our rules don't have the duties on an entry in bulk before 2025-10-01, and say so.
    expect(before.notPriced).toMatchObject([{ optionId: 'bulk', reason: 'not-supported' }]);
    // From 2025-08-29: 18.00 + 80.00 = 98.00; x 500 = 49,000.00.
    expect(channelsOn([parcel], sku, context('2025-08-29', 'USD')).costs[0]?.total).toEqual(usd(4_900_000));
    // Bulk on 2025-10-01: purchase 5,000.00. Freight 100.00 + 100 kg x 2.00 = 300.00. Duty on the FOB value:
    // 16.5 % = 825.00, reciprocal 10 % = 500.00. Processing fee 0.3464 % = 17.32, at least 33.58. Handling 250.00.
    // Storage 500 x 0.30 = 150.00. Capital 5,000.00 x 0.1 x 60 / 365 = 82.19. Last mile 2,500.00. In all 9,640.77.
    const choice = chooseChannel([parcel, bulk], sku, context('2025-08-01', 'USD'), settings);
    expect(choice).toMatchObject({
      kind: 'switch',
      to: { option: { optionId: 'bulk' }, total: usd(964_077), duty: usd(132_500) },
      from: { total: usd(4_900_000) },
      betterFrom: '2025-10-01',
      decideBy: '2025-09-01',
    });
  });

  it('prefers a nearer origin when the difference of the duties crosses the margin', () => {
    // 2026-12-01. China: 16.5 % + 7.5 % (Section 301) + 12.5 % (forced labour) = 36.5 %; India: 16.5 % + 10 % = 26.5 %.
    // China 5.00 x 1.365 = 6.825, India 5.40 x 1.265 = 6.831: China stays.
    // With 25 % in place of 7.5 %: China 5.00 x 1.54 = 7.70, and the rest costs the same: India saves 4.3 %.
    const china = { ...bulk, optionId: 'cn', shipFrom: 'CN', goods: shirt, purchaseCost: usd(500) };
    const india = {
      ...bulk,
      optionId: 'in',
      shipFrom: 'IN',
      goods: { ...shirt, originCountry: 'IN' },
      purchaseCost: usd(540),
    };
    const near = { ...settings, currentOptionId: 'cn', margin: 0.04, horizonDays: 0 };
    const at = context('2026-12-01', 'USD');
    expect(chooseChannel([china, india], sku, at, near).kind).toBe('stay');
    const raised = context('2026-12-01', 'USD', changed('us-cn301-610910-2025-01-01', { rate: '25' }));
    expect(chooseChannel([china, india], sku, raised, near)).toMatchObject({
      kind: 'switch',
      to: { option: { optionId: 'in' } },
    });
    expect(chooseChannel([china, india], sku, raised, { ...near, margin: 0.2 }).kind).toBe('stay');
  });
});
