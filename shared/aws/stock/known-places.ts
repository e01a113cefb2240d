/** How long a container knows the places of a SKU before it asks again, like its rates and registrations. */
const KNOWN_MS = 5_000;
/** The most SKUs whose places a container knows. */
const MAX_SKUS = 5_000;
/** The most places of a SKU that are read one by one: each costs a read, where a query of all costs one or two. */
const MAX_PLACES = 2;

/** The warehouses that have an item for the stock of a SKU. */
export interface KnownPlaces {
  /** Undefined if they have to be asked for. */
  of(sku: string): readonly string[] | undefined;
  remember(sku: string, warehouses: readonly string[]): void;
}

/**
 * Remembers where a SKU is, so that its stock is read without a query. Only where it is: how many units there are is
 * read each time. While there are units at a known place, the first units at a further warehouse are seen some seconds
 * later. Otherwise they are seen at once.
 */
export function createKnownPlaces(clock: () => Date): KnownPlaces {
  const places = new Map<string, { readonly warehouses: readonly string[]; readonly untilMs: number }>();
  return {
    of(sku) {
      const known = places.get(sku);
      return known === undefined || known.untilMs <= clock().getTime() ? undefined : known.warehouses;
    },
    remember(sku, warehouses) {
      if (places.size >= MAX_SKUS) places.clear();
      if (warehouses.length === 0 || warehouses.length > MAX_PLACES) places.delete(sku);
      else places.set(sku, { warehouses, untilMs: clock().getTime() + KNOWN_MS });
    },
  };
}
