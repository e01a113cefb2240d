import { type Product, serves, type Warehouse } from '../../../catalogue/index.ts';
import { lanesTo, shipConsignment } from '../../../freight/index.ts';
import type { Country } from '../../../kernel/country.ts';
import type { Money } from '../../../kernel/money.ts';
import type { Instant } from '../../../kernel/time.ts';

/** The lowest freight of one parcel from a warehouse to a market, by what the law treats it as. */
export type FreightByChannel = ReadonlyMap<'post' | 'courier', Money>;

/** A parcel of one SKU to a shopper somewhere in the market. */
interface Parcel {
  readonly product: Product;
  readonly units: number;
  readonly market: Country;
  readonly now: Instant;
  /** To the currency of the comparison; undefined where no rate is stored. */
  readonly converted: (amount: Money) => Money | undefined;
}

/**
 * What the carriers of a warehouse ask for a parcel, by their rate cards of the day, from its own lanes. A lane that
 * does not take the goods, or whose price has no rate, is left out. The shopper's place is the country alone: zones of
 * postal codes do not count. Deterministic.
 */
export function parcelFreight(
  warehouse: Warehouse,
  { product, units, market, now, converted }: Parcel,
): FreightByChannel {
  const { sku, unitWeightGrams, dimensions } = product;
  const lowest = new Map<'post' | 'courier', Money>();
  if (!serves(warehouse, market)) return lowest;
  const items = [{ lineId: sku, quantity: units, unitWeightGrams, dimensions }];
  for (const lane of lanesTo(warehouse.lanes, market)) {
    const shipped = shipConsignment({ warehouse, lane, items, destination: destinationIn(market), now });
    const freight = 'reason' in shipped ? undefined : converted(shipped.freight);
    const known = lowest.get(lane.channel);
    if (freight !== undefined && (known === undefined || freight.amountMinor < known.amountMinor))
      lowest.set(lane.channel, freight);
  }
  return lowest;
}

/** The same object each time, because what a lane asks of a destination is kept by it. */
const destinations = new Map<Country, { readonly country: Country }>();

function destinationIn(country: Country): { readonly country: Country } {
  const known = destinations.get(country) ?? { country };
  destinations.set(country, known);
  return known;
}
