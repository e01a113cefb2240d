import * as z from 'zod';
import { skuSchema } from '../../../events/landed-cost.ts';
import { freightLegSchema, MAX_ORDER_LINES, noticeIdSchema } from '../../../events/replenishment.ts';
import type { Product } from '../../catalogue/index.ts';
import { positiveMoneySchema } from '../../kernel/money.ts';
import { givenCountrySchema } from '../../kernel/places/given-country.ts';
import type { FieldProblem } from '../../kernel/problem.ts';
import { type Instant, instantSchema } from '../../kernel/time.ts';
import type { OrderCommand } from '../purchasing/decide-order.ts';
import type { OrderState } from '../purchasing/order-state.ts';
import { bulkEntryOf } from './bulk-entry.ts';
import type { ReceiptEffects } from './receipt-effects.ts';

/** The advance shipment notice: what is on its way, how, and at which cost. */
export const shipNoticeSchema = z
  .strictObject({
    noticeId: noticeIdSchema,
    lines: z
      .array(z.strictObject({ sku: skuSchema, units: z.int().min(1).max(1_000_000) }))
      .min(1)
      .max(MAX_ORDER_LINES),
    leg: freightLegSchema.extend({ fromCountry: givenCountrySchema }),
    /** When it should arrive at the warehouse. */
    expectedAt: instantSchema,
    /** The bill of the first leg with its charges, without recoverable tax. Leave it out if there is none. */
    freight: positiveMoneySchema.optional(),
    /** How the bill is spread over units. By value only where the order has prices. */
    spreadBy: z.enum(['weight', 'value']).default('weight'),
  })
  .meta({ id: 'ShipNotice' });

export type ShipNotice = z.infer<typeof shipNoticeSchema>;

/** The number of a transfer of stock: a delivery of a transfer order is one. */
export const transferIdOf = (replenishmentOrderId: string, noticeId: string): string =>
  `${replenishmentOrderId}.${noticeId}`;

/** The fields of a notice that fit its schema and are impossible; empty when there are none. */
export function noticeProblems(
  state: OrderState,
  notice: ShipNotice,
  { products, now }: { readonly products: ReadonlyMap<string, Product>; readonly now: Instant },
): FieldProblem[] {
  const unknown = notice.lines.flatMap(({ sku }, index) =>
    products.has(sku)
      ? []
      : [
          {
            pointer: `/lines/${index}/sku`,
            code: 'unknown-product',
            detail: `the catalogue has no product ${sku}`,
          },
        ],
  );
  const early =
    state.kind === 'transfer' && notice.expectedAt <= now
      ? [{ pointer: '/expectedAt', code: 'in-the-past', detail: 'the arrival lies ahead' }]
      : [];
  const priceless =
    notice.spreadBy === 'value' && state.kind === 'transfer'
      ? [
          {
            pointer: '/spreadBy',
            code: 'no-prices',
            detail: 'a transfer order has no prices: spread by weight',
          },
        ]
      : [];
  return [...unknown, ...early, ...priceless];
}

/** The command of a notice, with the figures of the bulk entry. */
export function shipCommand(
  { lines: ordered }: OrderState,
  notice: ShipNotice,
  { products, toCountry }: { readonly products: ReadonlyMap<string, Product>; readonly toCountry: string },
): Extract<OrderCommand, { kind: 'ship' }> {
  const lines = notice.lines.map(({ sku, units }) => ({
    ...{ sku, units },
    unitPrice: ordered.find((line) => line.sku === sku)?.unitPrice,
  }));
  const { freight, spreadBy, leg } = notice;
  const bulkEntry = bulkEntryOf(lines, {
    ...{ products, fromCountry: leg.fromCountry, toCountry, freight, spreadBy },
  });
  return { kind: 'ship', ...notice, bulkEntry };
}

/** Stock that leaves the other warehouse with a delivery of a transfer order. A purchase moves none yet. */
export function shippingEffects(
  { kind, replenishmentOrderId, fromWarehouseId, warehouseId }: OrderState,
  { noticeId, lines, expectedAt }: ShipNotice,
): ReceiptEffects {
  if (kind === 'purchase' || fromWarehouseId === undefined) return { movements: [], costs: [] };
  const transferId = transferIdOf(replenishmentOrderId, noticeId);
  return {
    movements: lines.map(({ sku, units }) => ({
      key: `${transferId}.out.${sku}`,
      movement: {
        ...{ kind: 'dispatch-transfer', sku, warehouseId: fromWarehouseId, toWarehouseId: warehouseId },
        ...{ transferId, quantity: units, expectedAt },
      },
    })),
    costs: [],
  };
}
