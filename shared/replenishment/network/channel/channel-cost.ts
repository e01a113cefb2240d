import type { Country } from '../../../kernel/country.ts';
import { formatMoney, type Money, sum, times } from '../../../kernel/money.ts';
import { ok, type Result, refused } from '../../../kernel/result.ts';
import { expectedMoney } from '../../policy/expected-money.ts';
import { moneyReason, type Reason } from '../../policy/reasons.ts';
import { entryCharges, type GoodsOfSku, type ImportContext, type NotPriced } from '../import-charges.ts';
import { landedMoveCost, type MoveRates } from '../move-cost.ts';

/** A SKU that is sold in a market, with what the forecast expects. */
export interface SkuInMarket {
  readonly sku: string;
  readonly market: Country;
  /** The price of one unit without tax. */
  readonly salePrice: Money;
  /** Units of the SKU in one shopper's parcel. Whole, one at least. */
  readonly unitsPerParcel: number;
  /** Units that are sold between two imports in bulk, by the forecast's mean. */
  readonly unitsPerInterval: number;
  readonly intervalDays: number;
}

interface Source {
  /** Names the way: `acme-parcel`. */
  readonly optionId: string;
  readonly goods: GoodsOfSku;
  readonly supplierId: string;
  readonly shipFrom: Country;
  /** Of one unit, at the supplier. */
  readonly purchaseCost: Money;
  /** Days from the decision until the first unit can be sold this way. */
  readonly leadTimeDays: number;
}

/** Each order goes as a parcel from the origin to the shopper. */
export interface ParcelOption extends Source {
  readonly kind: 'parcel';
  readonly channel: 'post' | 'courier';
  readonly freightPerParcel: Money;
}

/** Stock comes in bulk, and each order goes out of a warehouse in the market. */
export interface BulkOption extends Source {
  readonly kind: 'bulk';
  readonly rates: MoveRates;
  readonly lastMilePerParcel: Money;
  /** Of the purchase cost, for a year of 365 days. */
  readonly capitalRatePerYear: number;
  readonly taxIsRecovered: boolean;
}

export type ChannelOption = ParcelOption | BulkOption;

/** What an option costs for the units of one interval: until the goods are at the shoppers' doors, tax included. */
export interface ChannelCost {
  readonly option: ChannelOption;
  readonly total: Money;
  /** Rounded once, for comparing and showing. */
  readonly perUnit: Money;
  readonly duty: Money;
  readonly tax: Money;
  readonly reasons: readonly Reason[];
}

/** The expected landed cost of an option on the day of the context, or why it can't be priced. */
export function channelCost(
  option: ChannelOption,
  sku: SkuInMarket,
  context: ImportContext,
): Result<ChannelCost, NotPriced> {
  const units = Math.round(sku.unitsPerInterval);
  if (!(units >= 1 && sku.unitsPerParcel >= 1 && Number.isSafeInteger(units)))
    return refused({ reason: 'not-supported', detail: 'no unit is expected to be sold' });
  return option.kind === 'parcel' ? byParcel(option, sku, context) : inBulk(option, sku, context);
}

function byParcel(
  option: ParcelOption,
  sku: SkuInMarket,
  context: ImportContext,
): Result<ChannelCost, NotPriced> {
  const { currency, convert } = context;
  const freight = convert(option.freightPerParcel, currency);
  const charged = entryCharges(
    {
      goods: option.goods,
      units: sku.unitsPerParcel,
      unitValue: sku.salePrice,
      from: option.shipFrom,
      to: sku.market,
      channel: option.channel,
      freight,
    },
    context,
  );
  if (!charged.ok) return refused(charged.error);
  const units = Math.round(sku.unitsPerInterval);
  const parcels = units / sku.unitsPerParcel;
  const { duty, tax, fees, charges } = charged.value;
  const purchase = times(convert(option.purchaseCost, currency), units);
  const each = sum([freight, duty, tax, fees], currency);
  const total = sum([purchase, expectedMoney(each, parcels)], currency);
  return ok({
    option,
    total,
    perUnit: expectedMoney(total, 1 / units),
    duty: expectedMoney(duty, parcels),
    tax: expectedMoney(tax, parcels),
    reasons: [
      moneyReason('cost', purchase, `${units} x ${formatMoney(option.purchaseCost)} purchase`),
      moneyReason('cost', freight, 'freight of one parcel'),
      ...charges.map(({ formula, ruleId, code }) =>
        moneyReason('cost', each, `${code}: ${formula} (${ruleId})`),
      ),
    ],
  });
}

function inBulk(
  option: BulkOption,
  sku: SkuInMarket,
  context: ImportContext,
): Result<ChannelCost, NotPriced> {
  const { currency, convert } = context;
  const units = Math.round(sku.unitsPerInterval);
  const moved = landedMoveCost(
    {
      goods: option.goods,
      units,
      unitValue: option.purchaseCost,
      from: option.shipFrom,
      to: sku.market,
      rates: option.rates,
      storedDays: sku.intervalDays / 2,
      taxIsRecovered: option.taxIsRecovered,
    },
    context,
  );
  if (!moved.ok) return refused(moved.error);
  const saleTax = taxOfLocalSale(option, sku, context);
  if (!saleTax.ok) return refused(saleTax.error);
  const parcels = units / sku.unitsPerParcel;
  const purchase = times(convert(option.purchaseCost, currency), units);
  // A unit is paid at the order, and is sold half an interval after its arrival on average.
  const capitalYears = (option.leadTimeDays + sku.intervalDays / 2) / 365;
  const capital = expectedMoney(purchase, option.capitalRatePerYear * capitalYears);
  const lastMile = expectedMoney(convert(option.lastMilePerParcel, currency), parcels);
  const tax = expectedMoney(saleTax.value, parcels);
  const total = sum([purchase, moved.value.total, capital, lastMile, tax], currency);
  return ok({
    option,
    total,
    perUnit: expectedMoney(total, 1 / units),
    duty: moved.value.duty,
    tax: sum([tax, ...(option.taxIsRecovered ? [] : [moved.value.tax])], currency),
    reasons: [
      moneyReason('cost', purchase, `${units} x ${formatMoney(option.purchaseCost)} purchase`),
      ...moved.value.reasons,
      moneyReason('cost', capital, `${option.capitalRatePerYear} a year on the purchase, until it is sold`),
      moneyReason('cost', lastMile, `${parcels} parcels of the last mile`),
      moneyReason('cost', tax, 'tax of the sales within the market'),
    ],
  });
}

/**
 * The tax that a shopper pays on a parcel out of the market's own warehouse. Where our duties code does not compute
 * sales within a country, as in the United States, it charges no tax on a parcel from abroad either: none on both
 * sides.
 */
function taxOfLocalSale(
  { goods, lastMilePerParcel }: BulkOption,
  sku: SkuInMarket,
  context: ImportContext,
): Result<Money, NotPriced> {
  const { market, unitsPerParcel, salePrice } = sku;
  const sale = entryCharges(
    {
      goods,
      units: unitsPerParcel,
      unitValue: salePrice,
      from: market,
      to: market,
      channel: 'courier',
      freight: lastMilePerParcel,
    },
    context,
  );
  if (sale.ok) return ok(sale.value.tax);
  const isUntaxed = market === 'US' && sale.error.reason === 'not-supported';
  return isUntaxed ? ok(times(context.convert(salePrice, context.currency), 0)) : refused(sale.error);
}
