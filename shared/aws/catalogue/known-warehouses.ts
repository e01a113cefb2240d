import type { Table } from '../clients.ts';
import { readKeys } from '../read-keys.ts';
import { keys, WAREHOUSE_PREFIX } from '../table.ts';

/** Which of these warehouses are in the network. */
export async function knownWarehouses(table: Table, warehouseIds: readonly string[]): Promise<Set<string>> {
  const wanted = [...new Set(warehouseIds)].map((warehouseId) => keys.warehouse(warehouseId));
  const items = await readKeys(table, wanted, { consistent: true });
  return new Set(items.map(({ sk }) => String(sk).slice(WAREHOUSE_PREFIX.length)));
}
