import { purchaseCostSchema } from '../../catalogue/index.ts';
import { fingerprint } from '../../kernel/hash.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ReceiptEffects } from '../../replenishment/inbound/receipt-effects.ts';
import type { OrderState } from '../../replenishment/purchasing/order-state.ts';
import type { Cover, SkuPlace, StoredOrder } from '../../replenishment/purchasing/ports.ts';
import type { Table } from '../clients.ts';
import { movementItems, transferItem } from '../stock/movement-items.ts';
import { keys } from '../table.ts';
import type { TransactItem } from '../transaction.ts';
import { replenishmentKeys } from './replenishment-keys.ts';

export const put = (table: Table, Item: Record<string, unknown>): TransactItem => ({
  Put: { TableName: table.name, Item },
});

export const putOnce = (table: Table, Item: Record<string, unknown>): TransactItem => ({
  Put: { TableName: table.name, Item, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Writes the head anew, unless somebody began to send the order since it was read. */
export const headStep = (
  table: Table,
  { sendingUntil }: StoredOrder,
  Item: Record<string, unknown>,
): TransactItem => ({
  Put: {
    TableName: table.name,
    Item,
    ...(sendingUntil === undefined
      ? { ConditionExpression: 'attribute_not_exists(sendingUntil)' }
      : {
          ConditionExpression: 'sendingUntil = :until',
          ExpressionAttributeValues: { ':until': sendingUntil },
        }),
  },
});

/** The open orders of a need with one more, if they are still those that were read. */
export function coverItem(
  table: Table,
  { replenishmentOrderId, runId }: OrderState,
  { place, part, cover }: { readonly place: SkuPlace; readonly part: number; readonly cover: Cover },
): TransactItem {
  const open = [...cover.open, { replenishmentOrderId, runId, part }];
  return {
    Put: {
      TableName: table.name,
      Item: {
        ...replenishmentKeys.need(place.sku, place.warehouseId),
        open: Object.fromEntries(open.map((each) => [each.replenishmentOrderId, each])),
        revision: cover.revision + 1,
      },
      ...(cover.revision === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: { ':revision': cover.revision },
          }),
    },
  };
}

/** An order that has ended covers no need any more. */
export const uncovered = (
  table: Table,
  { replenishmentOrderId, warehouseId }: OrderState,
  sku: string,
): TransactItem => ({
  Update: {
    TableName: table.name,
    Key: replenishmentKeys.need(sku, warehouseId),
    UpdateExpression: 'REMOVE #open.#id ADD revision :one',
    ExpressionAttributeNames: { '#open': 'open', '#id': replenishmentOrderId },
    ExpressionAttributeValues: { ':one': 1 },
  },
});

export const stockItems = (table: Table, { movements }: ReceiptEffects, now: Instant): TransactItem[] =>
  movements.flatMap(({ key, movement }) => [
    ...movementItems(table.name, { movement, key, now, print: fingerprint(movement) }),
    ...transferItem(table.name, movement, now),
  ]);

export const costItems = (table: Table, { costs }: ReceiptEffects): TransactItem[] =>
  costs.map((cost) =>
    put(table, {
      ...keys.purchaseCost(cost.sku, cost.validFrom),
      cost: JSON.stringify(purchaseCostSchema.parse(cost)),
    }),
  );

export function outcomeItems(table: Table, { outcome }: ReceiptEffects): TransactItem[] {
  if (outcome === undefined) return [];
  const { supplierId, delivery } = outcome;
  const id = `${delivery.replenishmentOrderId}#${delivery.noticeId ?? 'GIVEN-UP'}`;
  return [
    put(table, {
      ...replenishmentKeys.outcome(supplierId, delivery.at, id),
      outcome: JSON.stringify(delivery),
    }),
  ];
}
