import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../../events/landed-cost.ts';
import {
  bulkEntryLineSchema,
  freightLegSchema,
  noticeIdSchema,
  ReplenishmentCancelled,
  supplierIdSchema,
} from '../../../events/replenishment.ts';
import { defined } from '../../kernel/defined.ts';
import { idSchema } from '../../kernel/ids.ts';
import { moneySchema } from '../../kernel/money.ts';
import { instantSchema } from '../../kernel/time.ts';
import { legalCommands } from './decide-order.ts';
import { orderStatuses } from './order-state.ts';
import type { StoredOrder } from './ports.ts';

const count = z.int().min(0);

const lineSchema = z
  .strictObject({
    sku: skuSchema,
    ordered: count,
    /** Good units that came. */
    received: count,
    /** `ordered - received`. An order that has ended waits for none of them. */
    open: count,
    /** Those of the open units that are on their way. */
    onTheWay: count,
    /** Units that came damaged or were rejected. */
    damaged: count,
    unitPrice: moneySchema.optional(),
    needKey: z.string(),
  })
  .meta({ id: 'ReplenishmentLine' });

const countedSchema = z.strictObject({
  sku: skuSchema,
  noticed: count,
  received: count,
  short: count,
  damaged: count,
  rejected: count,
  firstLeg: moneySchema.optional(),
});

const noticeSchema = z
  .strictObject({
    noticeId: noticeIdSchema,
    shippedAt: instantSchema,
    expectedAt: instantSchema,
    leg: freightLegSchema,
    lines: z.array(z.strictObject({ sku: skuSchema, units: count })),
    freight: moneySchema.optional(),
    spreadBy: z.enum(['weight', 'value']),
    /** The figures that an entry of the whole delivery needs; none within one country. */
    bulkEntry: z.array(bulkEntryLineSchema),
    receivedAt: instantSchema.optional(),
    daysLate: count.optional(),
    counted: z.array(countedSchema).optional(),
  })
  .meta({ id: 'InboundNotice' });

export const replenishmentOrderSchema = z
  .strictObject({
    replenishmentOrderId: idSchema('replenishmentOrder'),
    kind: z.enum(['purchase', 'transfer']),
    status: z.enum(orderStatuses),
    supplierId: supplierIdSchema.optional(),
    fromWarehouseId: warehouseIdSchema.optional(),
    warehouseId: warehouseIdSchema,
    lines: z.array(lineSchema),
    total: moneySchema.optional(),
    proposedAt: instantSchema,
    expectedAt: instantSchema,
    supplierReference: z.string().optional(),
    /** Of a cancelled order. */
    cancelledFor: ReplenishmentCancelled.data.shape.reason.optional(),
    /** When the supplier confirmed that it has the cancellation; absent until then. */
    cancellationTakenAt: instantSchema.optional(),
    runId: z.string(),
    notices: z.array(noticeSchema),
    /** What may be done with it now. */
    mayBe: z.array(z.enum(['approve', 'mark-sent', 'acknowledge', 'ship', 'receive', 'close', 'cancel'])),
    /** How often handing it to the supplier has failed. */
    failedSendings: count,
    timeline: z.array(
      z.strictObject({
        name: z.string(),
        at: instantSchema,
        by: z.string(),
        /** The operator who asked for it. */
        operator: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'ReplenishmentOrder' });

export type ReplenishmentOrderView = z.infer<typeof replenishmentOrderSchema>;

/** An order as operators see it. */
export function orderView({
  state,
  steps,
  sendAttempts,
  cancellationTakenAt,
}: StoredOrder): ReplenishmentOrderView {
  const {
    notices,
    acknowledgedAt: _,
    sentAt: __,
    promisedAt: ___,
    sequence: ____,
    cancelledAt: _____,
    ...shown
  } = state;
  return {
    ...shown,
    lines: [...state.lines],
    notices: notices.map(({ shipped, received }) => ({
      ...{ noticeId: shipped.noticeId, shippedAt: shipped.at, expectedAt: shipped.expectedAt },
      ...{ leg: shipped.leg, lines: shipped.lines, spreadBy: shipped.spreadBy },
      bulkEntry: shipped.bulkEntry,
      ...defined({
        freight: shipped.freight,
        receivedAt: received?.at,
        daysLate: received?.daysLate,
        counted: received?.lines,
      }),
    })),
    ...defined({ cancellationTakenAt }),
    mayBe: [...legalCommands(state.status)],
    failedSendings: sendAttempts,
    timeline: steps.flatMap(({ facts, operator }) =>
      facts.map(({ name, data: { at, by } }) => ({ name, at, by, ...defined({ operator }) })),
    ),
  };
}
