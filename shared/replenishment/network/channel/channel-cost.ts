import type { Country } from '../../../kernel/country.ts';
import { formatMoney, type Money, sum, times, zero } from '../../../kernel/money.ts';
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

/** How goods come in bulk to the warehouse in which they lie. */
interface FirstLeg {
  readonly rates: MoveRates;
  /** Of the purchase cost, for a year of 365 days. */
  readonly capitalRatePerYear: number;
  readonly taxIsRecovered: boolean;
}

/** Each order goes as a parcel to the shopper, across the border of the market. */
export interface ParcelOption extends Source {
  readonly kind: 'parcel';
  readonly channel: 'post' | 'courier';
  readonly freightPerParcel: Money;
  /** To the warehouse abroad that sends the parcels; absent where they leave the country of the supplier at once. */
  readonly firstLeg?: FirstLeg & { readonly to: Country };
}

/** Stock comes in bulk, and each order goes out of a warehouse in the market. */
export interface BulkOption extends Source, FirstLeg {
  readonly kind: 'bulk';
  /** Where the bulk enters, if that is another country of the customs territory of the market. */
  readonly entersAt?: Country;
  readonly lastMilePerParcel: Money;
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
  /** The rules of the law by which duty, tax and fees came about. */
  readonly ruleIds: readonly string[];
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
  const { firstLeg, goods, shipFrom, channel, freightPerParcel } = option;
  const stocked = stockCost(option, sku, { ...context, leg: firstLeg, to: firstLeg?.to ?? shipFrom });
  if (!stocked.ok) return refused(stocked.error);
  const freight = convert(freightPerParcel, currency);
  const charged = entryCharges(
    {
      ...{ goods, units: sku.unitsPerParcel, unitValue: sku.salePrice },
      ...{ from: firstLeg?.to ?? shipFrom, to: sku.market, channel, freight },
    },
    context,
  );
  if (!charged.ok) return refused(charged.error);
  const units = Math.round(sku.unitsPerInterval);
  const parcels = units / sku.unitsPerParcel;
  const { duty, tax, fees, charges } = charged.value;
  const each = sum([freight, duty, tax, fees], currency);
  const total = sum([stocked.value.total, expectedMoney(each, parcels)], currency);
  return ok({
    option,
    total,
    perUnit: expectedMoney(total, 1 / units),
    duty: sum([stocked.value.duty, expectedMoney(duty, parcels)], currency),
    tax: sum([stocked.value.tax, expectedMoney(tax, parcels)], currency),
    reasons: [
      ...stocked.value.reasons,
      moneyReason('cost', freight, 'freight of one parcel'),
      ...charges.map(({ amount, formula, ruleId, code }) =>
        moneyReason('cost', amount, `${code}: ${formula} (${ruleId})`),
      ),
    ],
    ruleIds: [...stocked.value.ruleIds, ...charges.map(({ ruleId }) => ruleId)],
  });
}

function inBulk(
  option: BulkOption,
  sku: SkuInMarket,
  context: ImportContext,
): Result<ChannelCost, NotPriced> {
  const { currency, convert } = context;
  const units = Math.round(sku.unitsPerInterval);
  const { entersAt = sku.market } = option;
  const stocked = stockCost(option, sku, { ...context, leg: option, to: entersAt });
  if (!stocked.ok) return refused(stocked.error);
  const saleTax = taxOfLocalSale(option, sku, context);
  if (!saleTax.ok) return refused(saleTax.error);
  const parcels = units / sku.unitsPerParcel;
  const lastMile = expectedMoney(convert(option.lastMilePerParcel, currency), parcels);
  const tax = expectedMoney(saleTax.value.tax, parcels);
  const total = sum([stocked.value.total, lastMile, tax], currency);
  return ok({
    option,
    total,
    perUnit: expectedMoney(total, 1 / units),
    duty: stocked.value.duty,
    tax: sum([tax, stocked.value.tax], currency),
    reasons: [
      ...stocked.value.reasons,
      moneyReason('cost', lastMile, `${parcels} parcels of the last mile`),
      moneyReason('cost', tax, 'tax of the sales within the market'),
    ],
    ruleIds: [...stocked.value.ruleIds, ...saleTax.value.ruleIds],
  });
}

/**
 * What the units of an interval cost until they lie in the warehouse and are sold: the purchase, the first leg with its
 * entry, storage and capital. Without a first leg, the purchase alone. `tax` is the part that is not recovered.
 */
function stockCost(
  { goods, purchaseCost, shipFrom, leadTimeDays }: Source,
  sku: SkuInMarket,
  { leg, to, ...context }: ImportContext & { readonly leg: FirstLeg | undefined; readonly to: Country },
): Result<Pick<ChannelCost, 'total' | 'duty' | 'tax' | 'reasons' | 'ruleIds'>, NotPriced> {
  const { currency, convert } = context;
  const units = Math.round(sku.unitsPerInterval);
  const purchase = times(convert(purchaseCost, currency), units);
  const bought = moneyReason('cost', purchase, `${units} x ${formatMoney(purchaseCost)} purchase`);
  const none = zero(currency);
  if (leg === undefined)
    return ok({ total: purchase, duty: none, tax: none, reasons: [bought], ruleIds: [] });
  const moved = landedMoveCost(
    {
      ...{ goods, units, unitValue: purchaseCost, from: shipFrom, to, rates: leg.rates },
      ...{ storedDays: sku.intervalDays / 2, taxIsRecovered: leg.taxIsRecovered },
    },
    context,
  );
  if (!moved.ok) return refused(moved.error);
  // A unit is paid at the order, and is sold half an interval after its arrival on average.
  const capitalYears = (leadTimeDays + sku.intervalDays / 2) / 365;
  const capital = expectedMoney(purchase, leg.capitalRatePerYear * capitalYears);
  return ok({
    total: sum([purchase, moved.value.total, capital], currency),
    duty: moved.value.duty,
    tax: leg.taxIsRecovered ? none : moved.value.tax,
    reasons: [
      bought,
      ...moved.value.reasons,
      moneyReason('cost', capital, `${leg.capitalRatePerYear} a year on the purchase, until it is sold`),
    ],
    ruleIds: moved.value.ruleIds,
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
): Result<{ readonly tax: Money; readonly ruleIds: readonly string[] }, NotPriced> {
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
  if (sale.ok) {
    const { tax, charges } = sale.value;
    return ok({ tax, ruleIds: charges.map(({ ruleId }) => ruleId) });
  }
  const isUntaxed = market === 'US' && sale.error.reason === 'not-supported';
  return isUntaxed ? ok({ tax: zero(context.currency), ruleIds: [] }) : refused(sale.error);
}
