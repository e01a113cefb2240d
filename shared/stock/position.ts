import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';

/** What is counted of a SKU at a warehouse, and in each of its buckets. Units, not cartons. */
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
/** Counters that change, by how much. */
export type CounterChange = Readonly<Partial<Record<CounterName, number>>>;

/** Most buckets that a SKU is spread over at one warehouse: all of them still fit one transaction. */
export const MAX_BUCKETS = 64;

const units = z.int().min(0);

const countersShape = {
  /** Can be sold. */
  available: units,
  /** Held by orders that have not left. */
  reserved: units,
  /** There, and kept from being sold. */
  quarantined: units,
  onHand: units,
  /** On the way here from another warehouse. */
  inTransit: units,
  received: units,
  /** Sent here by other warehouses, arrived or not. */
  transferredIn: units,
  transferredOut: units,
  shipped: units,
  /** Below zero when counts found more than was known of. */
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
    /** How many buckets the units are spread over, so that many buyers may take them at once. */
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
