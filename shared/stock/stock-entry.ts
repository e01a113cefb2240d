import * as z from 'zod';
import type { Fact } from '../../events/all-events.ts';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { idSchema } from '../kernel/ids.ts';
import { type Instant, instantSchema } from '../kernel/time.ts';
import { changesOf, type StockMovement } from './movement.ts';
import { type Counters, noUnits, withChange } from './position.ts';
import { stockMovesOf } from './stock-moves.ts';

const causes = [
  'receive',
  'write-off',
  'quarantine',
  'release-from-quarantine',
  'adjust',
  'dispatch-transfer',
  'receive-transfer',
  'order.placed',
  'order.cancelled',
  'order.expired',
  'parcel.dispatched',
  'parcel.closed',
] as const;
const causeSchema = z.enum(causes);

/** One change of a SKU's units at a warehouse, and its cause: a movement by hand, or a fact of an order. */
export const stockEntrySchema = z
  .strictObject({
    at: instantSchema,
    warehouseId: warehouseIdSchema,
    cause: causeSchema,
    /** By how many units each figure changed. */
    onHand: z.int(),
    available: z.int(),
    reserved: z.int(),
    quarantined: z.int(),
    inTransit: z.int(),
    /** The order whose fact it was. */
    orderId: idSchema('order').optional(),
    transferId: z.string().optional(),
    /** The reason that an operator gave. */
    reason: z.string().optional(),
  })
  .meta({ id: 'StockEntry' });

export type StockEntry = z.infer<typeof stockEntrySchema>;

type Figures = Pick<StockEntry, 'onHand' | 'available' | 'reserved' | 'quarantined' | 'inTransit'>;

const figuresOf = ({ onHand, available, reserved, quarantined, inTransit }: Counters): Figures => ({
  onHand,
  available,
  reserved,
  quarantined,
  inTransit,
});

/** The entries of a movement by hand: one, or two for a transfer that leaves. */
export function entriesOfMovement(movement: StockMovement, at: Instant): StockEntry[] {
  const reason =
    movement.kind === 'adjust'
      ? movement.reason
      : movement.kind === 'receive-transfer'
        ? movement.writeOff?.reason
        : undefined;
  return changesOf(movement).map(({ warehouseId, strands }) => {
    const counters = strands.reduce<Counters>((sum, { quantity, perUnit }) => {
      const change = Object.entries(perUnit).map(([name, each]) => [name, each * quantity]);
      return withChange(sum, Object.fromEntries(change));
    }, noUnits);
    return {
      ...{ at, warehouseId, cause: movement.kind, ...figuresOf(counters) },
      ...('transferId' in movement ? { transferId: movement.transferId } : {}),
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

/** The entries that the facts of one order made for a SKU, in the order of the facts. */
export function entriesOfOrder(sku: string, facts: readonly Fact[]): StockEntry[] {
  return facts.flatMap((fact, index) => {
    const cause = causeSchema.safeParse(fact.name);
    if (!cause.success) return [];
    return stockMovesOf(facts.slice(0, index), [fact])
      .filter((move) => move.sku === sku)
      .map(({ warehouseId, onHand, available, reserved }) => ({
        ...{ at: fact.recordedAt, warehouseId, cause: cause.data, onHand, available, reserved },
        ...{ quarantined: 0, inTransit: 0, orderId: fact.orderId },
      }));
  });
}
