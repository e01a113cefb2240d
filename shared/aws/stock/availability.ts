import type { Clock } from '../../kernel/time.ts';
import type { Table } from '../clients.ts';
import { createKnownPlaces } from './known-places.ts';
import { readPositions } from './positions.ts';

/** Reads what can be sold. A function that sells nothing loads no code that moves stock. */
export interface AvailabilityReader {
  /** Units available by SKU, then by warehouse. */
  availability(skus: readonly string[]): Promise<Map<string, Map<string, number>>>;
}

/** Makes the reader of one container, which remembers for some seconds where a SKU is. */
export function createAvailability(table: Table, clock: Clock): AvailabilityReader {
  const known = createKnownPlaces(clock);
  return {
    async availability(skus) {
      const read = await readPositions(table, skus, { known });
      const byWarehouse = (sku: string) =>
        (read.get(sku) ?? []).map(({ position }) => [position.warehouseId, position.available] as const);
      return new Map(skus.map((sku) => [sku, new Map(byWarehouse(sku))]));
    },
  };
}
