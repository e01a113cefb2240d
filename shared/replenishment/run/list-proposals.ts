import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../../events/landed-cost.ts';
import { supplierIdSchema } from '../../../events/replenishment.ts';
import { defined } from '../../kernel/defined.ts';
import { idSchema } from '../../kernel/ids.ts';
import { moneySchema } from '../../kernel/money.ts';
import { calendarDateSchema, instantSchema } from '../../kernel/time.ts';
import type { OrderStore, StoredOrder } from '../purchasing/ports.ts';

/** An order that waits for an approval, with the figures that it rests on. */
export const proposedOrderSchema = z
  .strictObject({
    replenishmentOrderId: idSchema('replenishmentOrder'),
    kind: z.enum(['purchase', 'transfer']),
    supplierId: supplierIdSchema.optional(),
    fromWarehouseId: warehouseIdSchema.optional(),
    warehouseId: warehouseIdSchema,
    proposedAt: instantSchema,
    expectedAt: instantSchema,
    total: moneySchema.optional(),
    /** The run that proposed it, or the key of the request. */
    runId: z.string(),
    lines: z.array(
      z.strictObject({
        sku: skuSchema,
        units: z.int().min(1),
        unitPrice: moneySchema.optional(),
        needBy: calendarDateSchema.optional(),
        /** One figure each, and how it comes about. */
        reasons: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'ProposedOrder' });

export type ProposedOrder = z.infer<typeof proposedOrderSchema>;

/** Pages of open orders that one request reads: among many approved orders, a page may be short. */
const MAX_READS = 10;

/** Orders in the state `proposed`, newest first; undefined for a cursor that is not ours. */
export async function listProposals(
  orders: Pick<OrderStore, 'page'>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly proposals: ProposedOrder[]; readonly cursor: string | undefined } | undefined> {
  const proposals: ProposedOrder[] = [];
  let next = cursor;
  for (let read = 0; read < MAX_READS; read += 1) {
    const page = await orders.page('open', limit - proposals.length, next);
    if (page === undefined) return undefined;
    proposals.push(...page.items.filter(({ state }) => state.status === 'proposed').map(proposedOrder));
    next = page.cursor;
    if (next === undefined || proposals.length >= limit) break;
  }
  return { proposals, cursor: next };
}

function proposedOrder({ state, steps }: StoredOrder): ProposedOrder {
  const fact = steps[0]?.facts[0];
  if (fact?.name !== 'replenishment.proposed') throw new Error('the first fact of an order is its proposal');
  const { replenishmentOrderId, kind, supplierId, fromWarehouseId, warehouseId, total } = state;
  return {
    ...{
      replenishmentOrderId,
      kind,
      warehouseId,
      proposedAt: state.proposedAt,
      expectedAt: state.expectedAt,
    },
    ...defined({ supplierId, fromWarehouseId, total }),
    runId: state.runId,
    lines: fact.data.lines.map(({ sku, quantity, unitPrice, needBy, reasons }) => ({
      ...{ sku, units: quantity, reasons, ...defined({ unitPrice, needBy }) },
    })),
  };
}
