/** The units of a SKU at a site as they are now. */
export interface StockOnHand {
  /** Units that nobody has reserved; below zero where more was ordered by shoppers than there is. */
  readonly available: number;
  readonly reserved: number;
  /** Units that can't be sold. */
  readonly quarantined: number;
}

/** One order or transfer to the site, by what was said about it so far. Units in total, not since the last report. */
export interface OpenOrder {
  readonly orderId: string;
  readonly ordered: number;
  readonly shipped: number;
  readonly received: number;
  /** Units that will never come. */
  readonly cancelled: number;
}

/** What a site has and is going to have. */
export interface InventoryPosition {
  readonly onHand: number;
  readonly reserved: number;
  readonly quarantined: number;
  readonly inTransit: number;
  readonly onOrder: number;
  /** Units that the sites which it feeds need, and that it can't give now: backorders of a hub. */
  readonly owed: number;
  /** On hand less reserved and quarantined, plus in transit and on order, less owed. */
  readonly position: number;
}

/**
 * The inventory position: a need that is on its way counts, and is not ordered again. Each unit of an order is in one
 * state: received units are on hand already, shipped ones that were not received are in transit, the rest is on order.
 * A receipt that is reported before its shipment counts as shipped. Units received beyond the order are on hand, and
 * leave nothing open. An order that is given twice, by its id, counts once, with the higher figures: reports only grow.
 * A hub that owes units has its installation position: on hand and on order, less backorders (Axsater and Rosling,
 * "Installation vs. Echelon Stock Policies for Multilevel Inventory Control", Management Science 39(10), 1993).
 */
export function inventoryPosition(
  stock: StockOnHand,
  orders: readonly OpenOrder[],
  owed = 0,
): InventoryPosition {
  let inTransit = 0;
  let onOrder = 0;
  for (const { ordered, shipped, received, cancelled } of latestOf(orders)) {
    const wanted = Math.max(0, ordered - cancelled);
    const left = Math.max(0, wanted - received);
    const underWay = Math.min(left, Math.max(0, shipped - received));
    inTransit += underWay;
    onOrder += left - underWay;
  }
  const { available, reserved, quarantined } = stock;
  return {
    onHand: available + reserved + quarantined,
    reserved,
    quarantined,
    inTransit,
    onOrder,
    owed,
    position: available + inTransit + onOrder - owed,
  };
}

function latestOf(orders: readonly OpenOrder[]): Iterable<OpenOrder> {
  const byId = new Map<string, OpenOrder>();
  for (const order of orders) {
    const known = byId.get(order.orderId) ?? order;
    byId.set(order.orderId, {
      orderId: order.orderId,
      ordered: Math.max(known.ordered, order.ordered),
      shipped: Math.max(known.shipped, order.shipped),
      received: Math.max(known.received, order.received),
      cancelled: Math.max(known.cancelled, order.cancelled),
    });
  }
  return byId.values();
}
