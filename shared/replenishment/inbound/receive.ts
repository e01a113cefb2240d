import * as z from 'zod';
import { skuSchema } from '../../../events/landed-cost.ts';
import { MAX_ORDER_LINES, noticeIdSchema, type ReplenishmentDataOf } from '../../../events/replenishment.ts';
import type { Product, PurchaseCost } from '../../catalogue/index.ts';
import { divide, type MoneyJson } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';
import type { CountedLine, OrderCommand } from '../purchasing/decide-order.ts';
import type { OrderState } from '../purchasing/order-state.ts';
import type { InboundMovement, ReceiptEffects } from './receipt-effects.ts';
import { transferIdOf } from './ship.ts';
import { spreadFreight } from './spread-freight.ts';

const units = z.int().min(0).max(1_000_000);

/** What was counted at the dock, of every line of a notice. */
export const receiptSchema = z
  .strictObject({
    noticeId: noticeIdSchema,
    lines: z
      .array(
        z
          .strictObject({
            sku: skuSchema,
            /** Good units: they become stock. */
            received: units,
            /** Units that were not there. */
            short: units.default(0),
            /** Units that came damaged or were rejected: they don't become stock. */
            damaged: units.default(0),
            /** Those of the damaged units that failed the inspection. */
            rejected: units.default(0),
          })
          .meta({ id: 'ReceiptLine' }),
      )
      .min(1)
      .max(MAX_ORDER_LINES),
  })
  .meta({ id: 'DockReceipt', description: 'Of each line: received + short + damaged = noticed' });

export type DockReceipt = z.infer<typeof receiptSchema>;

/**
 * The command of a receipt. The bill of freight is spread over the good units: because of what was lost on the way, the
 * others cost more. Where none came, no line has a share.
 */
export function receiveCommand(
  state: OrderState,
  { noticeId, lines }: DockReceipt,
  products: ReadonlyMap<string, Product>,
): Extract<OrderCommand, { kind: 'receive' }> {
  const notice = state.notices.find(({ shipped }) => shipped.noticeId === noticeId)?.shipped;
  const { freight, spreadBy } = notice ?? {};
  const command = { kind: 'receive', noticeId, lines } as const;
  if (notice === undefined || freight === undefined || spreadBy === undefined) return command;
  const good = new Map(lines.map((line) => [line.sku, line.received]));
  const shares = spreadFreight(
    freight,
    notice.lines.map(({ sku }) => ({
      units: good.get(sku) ?? 0,
      unitWeightGrams: products.get(sku)?.unitWeightGrams ?? 0,
      unitValueMinor: state.lines.find((line) => line.sku === sku)?.unitPrice?.amount ?? 0,
    })),
    spreadBy,
  );
  return shares === undefined ? command : { ...command, firstLegs: shares.map(({ share }) => share) };
}

/** What follows from a receipt: stock, the cost of a unit, and the outcome for the supplier's score. */
export function receiptEffects(
  state: OrderState,
  received: ReplenishmentDataOf<'replenishment.received'>,
): ReceiptEffects {
  const { replenishmentOrderId, supplierId, warehouseId } = state;
  const { noticeId, lines, daysLate, at } = received;
  const sum = (of: (line: (typeof lines)[number]) => number) =>
    lines.reduce((total, line) => total + of(line), 0);
  return {
    movements: lines.flatMap((line) => {
      const movement = movementOf(state, noticeId, line);
      return movement === undefined
        ? []
        : [{ key: `${transferIdOf(replenishmentOrderId, noticeId)}.in.${line.sku}`, movement }];
    }),
    costs: lines.flatMap((line) => costOf(state, line, at)),
    ...(supplierId === undefined
      ? {}
      : {
          outcome: {
            supplierId,
            delivery: {
              ...{
                replenishmentOrderId,
                noticeId,
                warehouseId,
                at,
                daysLate,
                noticed: sum(({ noticed }) => noticed),
              },
              ...{ received: sum((line) => line.received), short: sum(({ short }) => short) },
              ...{ damaged: sum(({ damaged }) => damaged), rejected: sum(({ rejected }) => rejected) },
            },
          },
        }),
  };
}

function movementOf(
  { kind, warehouseId, replenishmentOrderId }: OrderState,
  noticeId: string,
  { sku, received, short, damaged }: CountedLine,
): InboundMovement | undefined {
  if (kind === 'purchase')
    return received === 0 ? undefined : { kind: 'receive', sku, warehouseId, quantity: received };
  const lost = short + damaged;
  const transferId = transferIdOf(replenishmentOrderId, noticeId);
  return {
    ...{ kind: 'receive-transfer', sku, warehouseId, transferId, quantity: received },
    ...(lost === 0 ? {} : { writeOff: { quantity: lost, reason: 'short or damaged at the dock' } }),
  };
}

/** What a good unit costs from the day of its arrival on, UTC; nothing for a transfer, whose units have a cost. */
function costOf(
  { lines }: OrderState,
  { sku, received, firstLeg }: ReplenishmentDataOf<'replenishment.received'>['lines'][number],
  at: Instant,
): PurchaseCost[] {
  const purchase = lines.find((line) => line.sku === sku)?.unitPrice;
  if (purchase === undefined || received === 0) return [];
  const perUnit = firstLeg === undefined ? undefined : averageOf(firstLeg, received);
  return [
    {
      ...{ sku, validFrom: at.slice(0, 10), purchase },
      ...(perUnit === undefined ? {} : { firstLeg: perUnit }),
    },
  ];
}

/** The amount for one unit, rounded half up to the minor unit: units of one SKU differ by one minor unit at most. */
const averageOf = ({ amount, currency }: MoneyJson, count: number): MoneyJson => ({
  amount: Number(divide(BigInt(amount), BigInt(count), 'half-up')),
  currency,
});

/** The delivery that a supplier never made: the rest of an order that was given up. */
export const givenUpEffects = (state: OrderState, openUnits: number, at: Instant): ReceiptEffects => ({
  ...{ movements: [], costs: [] },
  ...(state.supplierId === undefined || openUnits === 0
    ? {}
    : {
        outcome: {
          supplierId: state.supplierId,
          delivery: {
            ...{ replenishmentOrderId: state.replenishmentOrderId, at, daysLate: 0, noticed: openUnits },
            ...{ received: 0, short: openUnits, damaged: 0, rejected: 0 },
          },
        },
      }),
});
