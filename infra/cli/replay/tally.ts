import type { Country } from '../../../shared/kernel/country.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';
import type { Whereabouts } from './follow-orders.ts';
import type { Cost, Placing } from './place-order.ts';
import type { PlannedOrder } from './plan-orders.ts';
import type { Refusal, RefusalReason } from './refusal.ts';

/** The results of the orders to one destination, and their landed costs. */
export interface DestinationTally {
  readonly country: Country | 'all';
  readonly planned: number;
  readonly placed: number;
  readonly delivered: number;
  readonly cancelled: number;
  readonly held: number;
  /** Orders in any other state: under way, expired or unpaid. */
  readonly other: number;
  /** Orders that the API refused, or that were not placed because the replay was stopped. */
  readonly refused: number;
  /** The reasons of the refused orders. */
  readonly refusals: ReadonlyMap<RefusalReason, number>;
  /** The consignments of the placed orders, by origin and scheme: `PL domestic`, `GB ioss`. */
  readonly schemes: ReadonlyMap<string, number>;
  /** The landed costs of the placed orders, in pence GBP. */
  readonly cost: Cost;
}

/** The balance of rows. Each row is in exactly one of these. */
interface RowBalance {
  readonly read: number;
  readonly delivered: number;
  readonly otherState: number;
  readonly refused: number;
  /** Rows that were left out because the command line asked for fewer orders or other countries. */
  readonly leftOut: number;
}

export interface Tally {
  readonly destinations: readonly DestinationTally[];
  readonly total: DestinationTally;
  readonly statuses: ReadonlyMap<string, number>;
  readonly orderRefusals: ReadonlyMap<RefusalReason, number>;
  /** All refused rows, by line: those of the file, and those of refused orders. */
  readonly rowRefusals: readonly Refusal[];
  readonly rows: RowBalance;
}

export interface Replayed {
  readonly rowsRead: number;
  readonly rowsLeftOut: number;
  /** Rows that were refused before an order was made. */
  readonly refusals: readonly Refusal[];
  readonly orders: readonly PlannedOrder[];
  /** The result of placing each order. An order without an entry was never started. */
  readonly placings: ReadonlyMap<PlannedOrder, Placing>;
  readonly whereabouts: ReadonlyMap<string, Whereabouts>;
}

const NO_COST: Cost = { goods: 0, shipping: 0, duty: 0, tax: 0, fees: 0, total: 0 };

/** Counts the result of every order and of every row. Throws when a row is lost or counted twice. */
export function tally(replayed: Replayed): Tally {
  const byCountry = Map.groupBy(replayed.orders, ({ country }) => country);
  const destinations = [...byCountry]
    .map(([country, orders]) => tallyDestination(country, orders, replayed))
    .sort((a, b) => b.planned - a.planned || (a.country < b.country ? -1 : 1));
  const rowRefusals: Refusal[] = [...replayed.refusals];
  const orderRefusals = new Map<RefusalReason, number>();
  const statuses = new Map<string, number>();
  /** For each line of the file: whether the first placed order with this line was delivered. */
  const carried = new Map<number, boolean>();
  const notCarried = new Map<number, Refusal>();
  for (const order of replayed.orders) {
    const placing = placingOf(order, replayed);
    const leftOut = new Map(placing.leftOut?.map((each) => [each.sku, each]));
    const isRefused = placing.outcome === 'refused';
    const status = isRefused ? undefined : statusOf(placing.orderId, placing.isPaid, replayed);
    if (isRefused) countOne(orderRefusals, placing.reason);
    else countOne(statuses, status ?? '');
    for (const { sku, rows } of order.lines) {
      const refusal = leftOut.get(sku) ?? (isRefused ? placing : undefined);
      for (const line of rows) {
        if (refusal === undefined) {
          if (!carried.has(line)) carried.set(line, status === 'delivered');
          continue;
        }
        const { reason, detail } = refusal;
        notCarried.set(line, { line, invoiceNo: order.invoiceNo, reason, detail });
      }
    }
  }
  // A row of an invoice that became several orders counts as refused only if none of these orders has it.
  for (const [line, refusal] of notCarried) if (!carried.has(line)) rowRefusals.push(refusal);
  rowRefusals.sort((a, b) => a.line - b.line);
  const delivered = [...carried.values()].filter(Boolean).length;
  const rows: RowBalance = {
    read: replayed.rowsRead,
    delivered,
    otherState: carried.size - delivered,
    refused: rowRefusals.length,
    leftOut: replayed.rowsLeftOut,
  };
  invariant(
    rows.read === rows.delivered + rows.otherState + rows.refused + rows.leftOut,
    'every row read is in an order, refused or left out, and in one of them',
    { ...rows },
  );
  return { destinations, total: sumUp(destinations), statuses, orderRefusals, rowRefusals, rows };
}

function tallyDestination(
  country: Country,
  orders: readonly PlannedOrder[],
  replayed: Replayed,
): DestinationTally {
  const count = { placed: 0, delivered: 0, cancelled: 0, held: 0, other: 0, refused: 0 };
  const refusals = new Map<RefusalReason, number>();
  const schemes = new Map<string, number>();
  let cost = NO_COST;
  for (const order of orders) {
    const placing = placingOf(order, replayed);
    if (placing.outcome === 'refused') {
      count.refused += 1;
      countOne(refusals, placing.reason);
      continue;
    }
    count.placed += 1;
    cost = addCost(cost, placing.cost);
    for (const scheme of placing.schemes) countOne(schemes, scheme);
    const status = statusOf(placing.orderId, placing.isPaid, replayed);
    if (status === 'delivered' || status === 'cancelled' || status === 'held') count[status] += 1;
    else count.other += 1;
  }
  return { country, planned: orders.length, ...count, refusals, schemes, cost };
}

function countOne<Key>(counts: Map<Key, number>, key: Key, more = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}

/** The result of placing an order. An order that was never started counts as refused. */
export function placingOf(order: PlannedOrder, { placings }: Replayed): Placing {
  return (
    placings.get(order) ?? {
      outcome: 'refused',
      reason: 'stopped-before',
      detail: 'the replay was stopped',
    }
  );
}

/** The state of a placed order: its status, or `held` when it waits for a person. */
export function statusOf(orderId: string, isPaid: boolean, { whereabouts }: Replayed): string {
  const where = whereabouts.get(orderId);
  if (where?.isHeld) return 'held';
  const status = where?.status ?? 'not listed';
  return status === 'placed' && !isPaid ? 'payment not confirmed' : status;
}

function addCost(a: Cost, b: Cost): Cost {
  return {
    goods: a.goods + b.goods,
    shipping: a.shipping + b.shipping,
    duty: a.duty + b.duty,
    tax: a.tax + b.tax,
    fees: a.fees + b.fees,
    total: a.total + b.total,
  };
}

function sumUp(destinations: readonly DestinationTally[]): DestinationTally {
  const sum = (of: (tally: DestinationTally) => number) =>
    destinations.reduce((all, each) => all + of(each), 0);
  const merged = <Key>(of: (tally: DestinationTally) => ReadonlyMap<Key, number>) => {
    const all = new Map<Key, number>();
    for (const each of destinations) for (const [key, count] of of(each)) countOne(all, key, count);
    return all;
  };
  return {
    country: 'all',
    planned: sum(({ planned }) => planned),
    placed: sum(({ placed }) => placed),
    delivered: sum(({ delivered }) => delivered),
    cancelled: sum(({ cancelled }) => cancelled),
    held: sum(({ held }) => held),
    other: sum(({ other }) => other),
    refused: sum(({ refused }) => refused),
    refusals: merged(({ refusals }) => refusals),
    schemes: merged(({ schemes }) => schemes),
    cost: destinations.reduce((all, { cost }) => addCost(all, cost), NO_COST),
  };
}
