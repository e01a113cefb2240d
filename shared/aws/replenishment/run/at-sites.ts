import { hasEnded } from '../../../replenishment/purchasing/order-state.ts';
import type { OrderStore, StoredOrder } from '../../../replenishment/purchasing/ports.ts';
import type { AtSite, Place } from '../../../replenishment/run/plan-sites.ts';
import type { OpenAtSite } from '../../../replenishment/run/site-to-plan.ts';
import { inBatches } from '../../../timeline/index.ts';
import type { Table } from '../../clients.ts';
import { readPositions } from '../../stock/positions.ts';

/** Items that are read together, and orders that are read at once. */
const PLACES_AT_ONCE = 100;
const ORDERS_AT_ONCE = 10;

/**
 * Stock and open orders of SKUs at sites. The orders are read first: units that are received meanwhile are counted
 * twice, and a later run orders what is missing then. The other way round they would be ordered twice. For the same
 * reason the transfers that have not left are read again after the stock.
 */
export async function readAtSites(
  table: Table,
  orders: Pick<OrderStore, 'coverOf' | 'load'>,
  places: readonly Place[],
): Promise<readonly AtSite[]> {
  const { open, transferIds } = await openAt(orders, places);
  const skus = [...new Set(places.map(({ sku }) => sku))];
  const read: Awaited<ReturnType<typeof readPositions>>[] = [];
  for (let at = 0; at < skus.length; at += PLACES_AT_ONCE)
    read.push(await readPositions(table, skus.slice(at, at + PLACES_AT_ONCE), { consistent: true }));
  const positions = new Map(read.flatMap((each) => [...each]));
  const leaving = await leavingUnits(orders, transferIds);
  return places.map(({ sku, warehouseId }, index) => {
    const own = positions.get(sku)?.find(({ position }) => position.warehouseId === warehouseId)?.position;
    const { available = 0, reserved = 0, quarantined = 0, inTransit = 0 } = own ?? {};
    return {
      stock: { available, reserved, quarantined, inTransit },
      open: open[index] ?? [],
      leaving: leaving.get(nameOf(sku, warehouseId)) ?? 0,
    };
  });
}

const nameOf = (sku: string, warehouseId: string): string => `${sku}@${warehouseId}`;

interface OpenOrders {
  /** In the order of the places. */
  readonly open: readonly (readonly OpenAtSite[])[];
  /** The transfer orders among them of which units have not left. */
  readonly transferIds: readonly string[];
}

async function openAt(
  orders: Pick<OrderStore, 'coverOf' | 'load'>,
  places: readonly Place[],
): Promise<OpenOrders> {
  const ids: string[][] = [];
  for (let at = 0; at < places.length; at += PLACES_AT_ONCE)
    for (const { open } of await orders.coverOf(places.slice(at, at + PLACES_AT_ONCE)))
      ids.push(open.map(({ replenishmentOrderId }) => replenishmentOrderId));
  const byId = await loadAll(orders, [...new Set(ids.flat())]);
  return {
    open: places.map(({ sku }, index) => (ids[index] ?? []).flatMap((id) => openOf(byId.get(id), sku))),
    transferIds: [...byId].flatMap(([id, order]) => (order?.state.kind === 'transfer' ? [id] : [])),
  };
}

const loadAll = async (
  orders: Pick<OrderStore, 'load'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredOrder | undefined>> =>
  new Map(await inBatches(ids, ORDERS_AT_ONCE, async (id) => [id, await orders.load(id)] as const));

/** Units that transfers will take out of each warehouse, by SKU: those that are open and not on their way. */
async function leavingUnits(
  orders: Pick<OrderStore, 'load'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const units = new Map<string, number>();
  for (const order of (await loadAll(orders, ids)).values()) {
    if (order === undefined || hasEnded(order.state)) continue;
    const { fromWarehouseId = '', lines } = order.state;
    for (const { sku, open, onTheWay } of lines) {
      const name = nameOf(sku, fromWarehouseId);
      units.set(name, (units.get(name) ?? 0) + Math.max(0, open - onTheWay));
    }
  }
  return units;
}

function openOf(order: StoredOrder | undefined, sku: string): OpenAtSite[] {
  if (order === undefined) return [];
  const { replenishmentOrderId: orderId, lines, expectedAt } = order.state;
  return lines
    .filter((line) => line.sku === sku)
    .map(({ ordered, received, onTheWay }) => ({ orderId, ordered, received, onTheWay, expectedAt }));
}
