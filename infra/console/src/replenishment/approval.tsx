import { dataOf, type Schema } from '../api/client.ts';
import { Decision } from '../shell/decision.tsx';
import { useOperator } from '../shell/operator.tsx';
import { money } from '../shell/words.ts';

interface Props {
  readonly order: Pick<
    Schema<'ReplenishmentOrder'>,
    'replenishmentOrderId' | 'kind' | 'supplierId' | 'fromWarehouseId' | 'warehouseId' | 'total'
  >;
  readonly decided: () => void;
}

/** Approves a proposed order after it has said what follows. */
export function Approval({ order, decided }: Props) {
  const { api } = useOperator();
  const { replenishmentOrderId: id } = order;
  return (
    <Decision
      text="Approve"
      about={id}
      says={
        order.kind === 'purchase'
          ? `The order is sent to ${order.supplierId ?? 'the supplier'}${order.total === undefined ? '' : ` for ${money(order.total)}`}.`
          : `The units leave ${order.fromWarehouseId ?? 'their warehouse'} for ${order.warehouseId}.`
      }
      done={`${id} is approved.`}
      send={(key) =>
        dataOf(
          api.POST('/v1/admin/replenishment/orders/{replenishmentOrderId}/approve', {
            params: { path: { replenishmentOrderId: id }, header: { 'Idempotency-Key': key } },
          }),
        )
      }
      decided={decided}
    />
  );
}
