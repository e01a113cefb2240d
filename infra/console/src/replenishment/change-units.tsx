import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { Decision } from '../shell/decision.tsx';
import { useOperator } from '../shell/operator.tsx';
import { useOpenOrders } from './open-orders.ts';

type Order = Pick<
  Schema<'ReplenishmentOrder'>,
  'replenishmentOrderId' | 'kind' | 'supplierId' | 'fromWarehouseId' | 'warehouseId' | 'expectedAt'
> & { readonly lines: readonly { readonly sku: string; readonly ordered: number }[] };

const isUnits = (typed: string) => /^[1-9]\d{0,6}$/.test(typed);

/**
 * Changes the units of a proposed order. A proposal is a fact and stays as it was: a new one with the other units is
 * stored first, then the old one is cancelled. If the second step fails, a repeat has the same keys and does only that.
 */
export function ChangeUnits({ order, decided }: { readonly order: Order; readonly decided: () => void }) {
  const { api } = useOperator();
  const { orders: open } = useOpenOrders();
  const id = order.replenishmentOrderId;
  const [units, setUnits] = useState(() => order.lines.map(({ ordered }) => String(ordered)));
  const isChanged = order.lines.some(({ ordered }, at) => units[at] !== String(ordered));
  const send = async (key: string) => {
    await dataOf(
      api.POST('/v1/admin/replenishment/orders', {
        params: { header: { 'Idempotency-Key': `${key}-new` } },
        body: bodyOf(order, units.map(Number), open),
      }),
    );
    return dataOf(
      api.POST('/v1/admin/replenishment/orders/{replenishmentOrderId}/{decision}', {
        params: {
          path: { replenishmentOrderId: id, decision: 'cancel' },
          header: { 'Idempotency-Key': `${key}-old` },
        },
        body: { reason: 'wrong' },
      }),
    );
  };
  return (
    <Decision
      text="Change"
      about={id}
      says="A new proposal with these units is stored, and this one is cancelled. The new one waits for an approval, or is approved by itself if it is below the limit of the purchasing settings. Whole cases and the smallest order of the supplier still hold."
      done={`${id} is replaced by a proposal with other units.`}
      disabled={!isChanged || !units.every(isUnits)}
      send={send}
      decided={decided}
    >
      <SpaceBetween size="s">
        {order.lines.map(({ sku, ordered }, at) => (
          <FormField
            key={sku}
            label={`Units of ${sku}`}
            constraintText={`Proposed: ${ordered.toLocaleString()}`}
            errorText={isUnits(units[at] ?? '') ? '' : 'Whole units, at least one'}
          >
            <Input
              type="number"
              inputMode="numeric"
              value={units[at] ?? ''}
              onChange={({ detail }) =>
                setUnits((now) => now.map((typed, index) => (index === at ? detail.value : typed)))
              }
            />
          </FormField>
        ))}
      </SpaceBetween>
    </Decision>
  );
}

/** The open orders that the new one comes beside: the old one is still open when it is stored. */
const besides = (
  { replenishmentOrderId, warehouseId }: Order,
  sku: string,
  open: readonly Schema<'ReplenishmentOrder'>[],
): string[] => {
  const others = open
    .filter((each) => each.warehouseId === warehouseId && each.lines.some((line) => line.sku === sku))
    .map((each) => each.replenishmentOrderId);
  return [...new Set([replenishmentOrderId, ...others])].slice(0, 10);
};

function bodyOf(
  order: Order,
  units: readonly number[],
  open: readonly Schema<'ReplenishmentOrder'>[],
): Schema<'ReplenishmentOrderToPlace'> {
  const { warehouseId, supplierId, fromWarehouseId, expectedAt } = order;
  const lines = order.lines.map(({ sku }, at) => ({
    ...{ sku, units: units[at] ?? 0, inAdditionTo: besides(order, sku, open) },
  }));
  if (order.kind === 'transfer')
    return { kind: 'transfer', fromWarehouseId: fromWarehouseId ?? '', expectedAt, warehouseId, lines };
  return { kind: 'purchase', supplierId: supplierId ?? '', warehouseId, lines };
}
