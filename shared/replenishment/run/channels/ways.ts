import type { ChannelSettings, Product, Warehouse } from '../../../catalogue/index.ts';
import type { Country } from '../../../kernel/country.ts';
import type { Currency } from '../../../kernel/currency.ts';
import { add, type Money, type MoneyJson, money, multiply, zero } from '../../../kernel/money.ts';
import type { CalendarDate, Instant } from '../../../kernel/time.ts';
import type { BulkOption, ChannelOption, ParcelOption } from '../../network/channel/channel-cost.ts';
import type { MoveRates } from '../../network/move-cost.ts';
import { goodsOfProduct } from '../goods-of-product.ts';
import type { RunProblem } from '../run-problem.ts';
import type { WayToMarket } from './channel-plan.ts';
import type { Origin } from './origins.ts';
import { type FreightByChannel, parcelFreight } from './parcel-freight.ts';
import { isWithinMarket } from './site-today.ts';
import { nameOfWay } from './way-text.ts';

/** What the ways of one SKU are made of. */
export interface SkuWays {
  readonly product: Product;
  readonly origins: readonly Origin[];
  readonly warehouses: readonly Warehouse[];
  readonly channels: ChannelSettings;
  readonly holdingRatePerYear: number;
  readonly day: CalendarDate;
  readonly now: Instant;
  readonly currency: Currency;
  /** To that currency; undefined where no rate is stored. */
  readonly converted: (amount: Money) => Money | undefined;
  /** Days from the order until goods of the origin are at the warehouse. */
  readonly leadDays: (origin: Origin, warehouseId: string) => number;
}

/** The ways that have figures, by the names of their options, and what is missing for others. */
interface Ways {
  readonly options: readonly ChannelOption[];
  readonly wayOf: ReadonlyMap<string, WayToMarket>;
  readonly problems: readonly RunProblem[];
}

/**
 * The ways of a SKU to a market: from each origin into each warehouse that serves it, and from there by its
 * carriers; and parcels from the origin at once where the settings have their price. A way without a figure for its
 * first leg is named and left out. All amounts are in the currency of the comparison. Pure.
 */
export function waysTo(market: Country, given: SkuWays): Ways {
  const wayOf = new Map<string, WayToMarket>();
  const options: ChannelOption[] = [];
  const problems: RunProblem[] = [];
  const put = (way: WayToMarket, make: (optionId: string) => ChannelOption) => {
    const optionId = nameOfWay(way);
    wayOf.set(optionId, way);
    options.push(make(optionId));
  };
  const { product, channels, now, converted } = given;
  const parcel = { product, units: channels.unitsPerParcel, market, now, converted };
  for (const warehouse of given.warehouses) {
    const freights = parcelFreight(warehouse, parcel);
    if (freights.size === 0) continue;
    for (const origin of given.origins) {
      const source = sourceOf(origin, given, given.leadDays(origin, warehouse.warehouseId));
      const rates = firstLegRates(origin.country, warehouse, given);
      if ('code' in rates) problems.push(rates);
      else
        for (const [way, make] of fromSite({ origin, warehouse, freights, market, rates, given }))
          put(way, (optionId) => ({ ...source, ...make, optionId }));
    }
  }
  for (const origin of given.origins)
    for (const [way, make] of atOnce(origin, market, given))
      put(way, (optionId) => ({ ...sourceOf(origin, given, 0), ...make, optionId }));
  return { options, wayOf, problems };
}

type Parts<Option> = Omit<Option, 'optionId' | keyof ReturnType<typeof sourceOf>>;
type Made = [WayToMarket, Parts<ParcelOption> | Parts<BulkOption>];

function sourceOf({ country, supplier, unitPrice }: Origin, { product, day }: SkuWays, leadTimeDays: number) {
  return {
    ...{
      goods: goodsOfProduct(product, { day, country }),
      supplierId: supplier.supplierId,
      shipFrom: country,
    },
    ...{ purchaseCost: unitPrice, leadTimeDays },
  };
}

function fromSite({
  origin,
  warehouse,
  freights,
  market,
  rates,
  given,
}: {
  readonly origin: Origin;
  readonly warehouse: Warehouse;
  readonly freights: FreightByChannel;
  readonly market: Country;
  readonly rates: MoveRates;
  readonly given: SkuWays;
}): Made[] {
  const { warehouseId, address } = warehouse;
  const { country } = address;
  const way = { originCountry: origin.country, supplierId: origin.supplier.supplierId, warehouseId };
  const leg = {
    ...{ rates, capitalRatePerYear: given.holdingRatePerYear },
    taxIsRecovered: given.channels.recoversImportTax,
  };
  if (!isWithinMarket(country, market))
    return [...freights].map(([channel, freightPerParcel]) => [
      { ...way, kind: 'parcels', channel },
      { kind: 'parcel', channel, freightPerParcel, firstLeg: { ...leg, to: country } },
    ]);
  const [lastMilePerParcel] = [...freights.values()].toSorted((a, b) => a.amountMinor - b.amountMinor);
  if (lastMilePerParcel === undefined) return [];
  return [
    [
      { ...way, kind: 'stock' },
      { ...leg, kind: 'bulk', entersAt: country, lastMilePerParcel },
    ],
  ];
}

/** Parcels that a supplier or a forwarder sends from the origin, where the settings have their price. */
function atOnce(origin: Origin, market: Country, { channels, product, converted }: SkuWays): Made[] {
  if (isWithinMarket(origin.country, market)) return [];
  return (channels.parcels ?? []).flatMap(({ fromCountry, toCountry, channel, ...rate }): Made[] => {
    if (fromCountry !== origin.country || toCountry !== market) return [];
    const each = converted(read(rate.perParcel));
    const kilogram = rate.perKilogram === undefined ? undefined : converted(read(rate.perKilogram));
    if (each === undefined || (kilogram === undefined) !== (rate.perKilogram === undefined)) return [];
    const grams = BigInt(product.unitWeightGrams * channels.unitsPerParcel);
    const freightPerParcel =
      kilogram === undefined ? each : add(each, multiply(kilogram, { numerator: grams, denominator: 1000n }));
    const way = { originCountry: origin.country, supplierId: origin.supplier.supplierId, channel };
    return [
      [
        { ...way, kind: 'parcels' },
        { kind: 'parcel', channel, freightPerParcel },
      ],
    ];
  });
}

const read = ({ amount, currency }: MoneyJson): Money => money(amount, currency);

/** What a delivery from the origin to the warehouse costs; within a country nothing, unless the settings say it. */
function firstLegRates(
  from: Country,
  { warehouseId, address }: Warehouse,
  { channels, converted, currency }: SkuWays,
): MoveRates | RunProblem {
  const own = channels.firstLegs?.find((row) => row.fromCountry === from && row.warehouseId === warehouseId);
  const isAbroad = from !== address.country;
  const { perConsignment, perKilogram } = own ?? (isAbroad ? channels : {});
  const subject = `${from} ${warehouseId}`;
  const hasNone = own === undefined && perConsignment === undefined && perKilogram === undefined;
  if (hasNone && isAbroad)
    return {
      ...{ code: 'no-freight', subject },
      detail: `the settings have no freight from ${from} to ${warehouseId}: no goods are compared by that way`,
    };
  const figures = {
    ...{ perMove: perConsignment, perKilogram },
    ...{ handlingPerUnit: channels.handlingPerUnit, storagePerUnitMonth: channels.storagePerUnitMonth },
  };
  const rates: Partial<Record<keyof MoveRates, Money>> = {};
  for (const [name, amount] of Object.entries(figures)) {
    const rate = amount === undefined ? zero(currency) : converted(read(amount));
    if (rate === undefined)
      return {
        ...{ code: 'no-rate', subject },
        detail: `no rate from ${amount?.currency} to ${currency} is stored: the way is not compared`,
      };
    rates[name as keyof MoveRates] = rate;
  }
  return rates as Record<keyof MoveRates, Money>;
}
