import type { OrderStore, StoredOrder } from '../../../replenishment/purchasing/ports.ts';
import type { AtSite } from '../../../replenishment/run/plan-batch.ts';
import type { OpenAtSite } from '../../../replenishment/run/plan-site.ts';
import { inBatches } from '../../../timeline/index.ts';
import type { Table } from '../../clients.ts';
import { readPositions } from '../../stock/positions.ts';

interface Place {
  readonly sku: string;
  readonly warehouseId: string;
}

/** Items that are read together, and orders that are read at once. */
const PLACES_AT_ONCE = 100;
const ORDERS_AT_ONCE = 10;

/**
 * Stock and open orders of SKUs at sites. The orders are read first: units that are received meanwhile are counted
 * twice, and a later run orders what is missing then. The other way round they would be ordered twice.
 */
export async function readAtSites(
  table: Table,
  orders: Pick<OrderStore, 'coverOf' | 'load'>,
  places: readonly Place[],
): Promise<readonly AtSite[]> {
  const open = await openAt(orders, places);
  const skus = [...new Set(places.map(({ sku }) => sku))];
  const read: Awaited<ReturnType<typeof readPositions>>[] = [];
  for (let at = 0; at < skus.length; at += PLACES_AT_ONCE)
    read.push(await readPositions(table, skus.slice(at, at + PLACES_AT_ONCE), { consistent: true }));
  const positions = new Map(read.flatMap((each) => [...each]));
  return places.map(({ sku, warehouseId }, index) => {
    const own = positions.get(sku)?.find(({ position }) => position.warehouseId === warehouseId)?.position;
    const { available = 0, reserved = 0, quarantined = 0, inTransit = 0 } = own ?? {};
    return { stock: { available, reserved, quarantined, inTransit }, open: open[index] ?? [] };
  });
}

async function openAt(
  orders: Pick<OrderStore, 'coverOf' | 'load'>,
  places: readonly Place[],
): Promise<readonly (readonly OpenAtSite[])[]> {
  const ids: string[][] = [];
  for (let at = 0; at < places.length; at += PLACES_AT_ONCE)
    for (const { open } of await orders.coverOf(places.slice(at, at + PLACES_AT_ONCE)))
      ids.push(open.map(({ replenishmentOrderId }) => replenishmentOrderId));
  const wanted = [...new Set(ids.flat())];
  const loaded = await inBatches(wanted, ORDERS_AT_ONCE, async (id) => [id, await orders.load(id)] as const);
  const byId = new Map(loaded);
  return places.map(({ sku }, index) => (ids[index] ?? []).flatMap((id) => openOf(byId.get(id), sku)));
}

function openOf(order: StoredOrder | undefined, sku: string): OpenAtSite[] {
  if (order === undefined) return [];
  const { replenishmentOrderId: orderId, lines, expectedAt } = order.state;
  return lines
    .filter((line) => line.sku === sku)
    .map(({ ordered, received, onTheWay }) => ({ orderId, ordered, received, onTheWay, expectedAt }));
}
