import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';

/** The counters of a SKU at a warehouse, and of each of its buckets. Units, not cartons. */
export const counterNames = [
  'available',
  'reserved',
  'quarantined',
  'onHand',
  'inTransit',
  'received',
  'transferredIn',
  'transferredOut',
  'shipped',
  'writtenOff',
] as const;

export type CounterName = (typeof counterNames)[number];
export type Counters = Readonly<Record<CounterName, number>>;
/** Counters that change, and by how much. */
export type CounterChange = Readonly<Partial<Record<CounterName, number>>>;

/** The most buckets of a SKU at one warehouse: all of them fit one transaction. */
export const MAX_BUCKETS = 64;

const units = z.int().min(0);

const countersShape = {
  /** Can be sold. */
  available: units,
  /** Held by orders that have not left. */
  reserved: units,
  /** Present, but not for sale. */
  quarantined: units,
  onHand: units,
  /** On the way here from another warehouse. */
  inTransit: units,
  received: units,
  /** Sent here by other warehouses, arrived or not. */
  transferredIn: units,
  transferredOut: units,
  shipped: units,
  /** Below zero when counts found more than was recorded. */
  writtenOff: z.int(),
};

/**
 * Units of one SKU at one warehouse, all buckets together. `onHand = available + reserved + quarantined`, and
 * `received + transferredIn = onHand + inTransit + shipped + writtenOff + transferredOut`.
 */
export const stockPositionSchema = z
  .strictObject({
    warehouseId: warehouseIdSchema,
    ...countersShape,
    /** The number of buckets, so that many buyers can take units at once. */
    buckets: z.int().min(1).max(MAX_BUCKETS),
  })
  .meta({ id: 'StockPosition' });

export type StockPosition = z.infer<typeof stockPositionSchema>;

/** The same figures over several warehouses. */
export const stockTotalSchema = z.strictObject(countersShape).meta({ id: 'StockTotal' });

export const noUnits: Counters = {
  available: 0,
  reserved: 0,
  quarantined: 0,
  onHand: 0,
  inTransit: 0,
  received: 0,
  transferredIn: 0,
  transferredOut: 0,
  shipped: 0,
  writtenOff: 0,
};

/** Counters with a change applied. */
export function withChange(counters: Counters, change: CounterChange): Counters {
  return Object.fromEntries(
    counterNames.map((name) => [name, counters[name] + (change[name] ?? 0)]),
  ) as unknown as Counters;
}

/** The sum over buckets or warehouses. */
export function sumOf(each: readonly Counters[]): Counters {
  return each.reduce<Counters>(withChange, noUnits);
}
