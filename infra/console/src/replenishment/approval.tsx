import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { money } from '../shell/words.ts';

interface Props {
  readonly order: Schema<'ReplenishmentOrder'>;
  readonly decided: () => void;
}

/** Approves a proposed order after it has said what follows. */
export function Approval({ order, decided }: Props) {
  const { api, say } = useOperator();
  const { replenishmentOrderId: id } = order;
  // One key for every try: a repeat after a lost answer approves nothing twice.
  const [key, setKey] = useState<string>();
  const sending = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/admin/replenishment/orders/{replenishmentOrderId}/approve', {
          params: { path: { replenishmentOrderId: id }, header: { 'Idempotency-Key': key ?? '' } },
        }),
      ),
    onSuccess: () => {
      say({ type: 'success', text: `${id} is approved.` });
      setKey(undefined);
      decided();
    },
  });
  return (
    <>
      <Button onClick={() => setKey(crypto.randomUUID())} ariaLabel={`Approve ${id}`}>
        Approve
      </Button>
      <Modal
        visible={key !== undefined}
        header={`Approve ${id}`}
        closeAriaLabel="Close without a decision"
        onDismiss={() => setKey(undefined)}
        footer={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setKey(undefined)}>Change nothing</Button>
            <Button variant="primary" loading={sending.isPending} onClick={() => sending.mutate()}>
              Approve
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          <Alert type="info">
            {order.kind === 'purchase'
              ? `The order is sent to ${order.supplierId ?? 'the supplier'}${order.total === undefined ? '' : ` for ${money(order.total)}`}.`
              : `The units leave ${order.fromWarehouseId ?? 'their warehouse'} for ${order.warehouseId}.`}
          </Alert>
          {sending.error === null ? null : <Failure error={sending.error} again={() => sending.mutate()} />}
        </SpaceBetween>
      </Modal>
    </>
  );
}
