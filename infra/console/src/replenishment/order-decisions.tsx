import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { Decision } from '../shell/decision.tsx';
import { useOperator } from '../shell/operator.tsx';
import { Approval } from './approval.tsx';
import { ChangeUnits } from './change-units.tsx';

type Order = Pick<
  Schema<'ReplenishmentOrder'>,
  'replenishmentOrderId' | 'kind' | 'supplierId' | 'fromWarehouseId' | 'warehouseId' | 'total' | 'expectedAt'
> & { readonly lines: readonly { readonly sku: string; readonly ordered: number }[] };
type Reason = NonNullable<Schema<'ReplenishmentDecision'>['reason']>;
type Step = Schema<'ReplenishmentOrder'>['mayBe'][number];

interface Props {
  readonly order: Order;
  readonly mayBe: readonly Step[];
  readonly isProposed: boolean;
  readonly decided: () => void;
}

const REASONS: readonly { readonly value: Reason; readonly label: string }[] = [
  { value: 'not-needed', label: 'It is not needed' },
  { value: 'price', label: 'The price' },
  { value: 'supplier-refused', label: 'The supplier refused it' },
  { value: 'supplier-silent', label: 'The supplier does not answer' },
  { value: 'wrong', label: 'It is wrong' },
];

/** What may be decided about an order at its present state. */
export function OrderDecisions({ order, mayBe, isProposed, decided }: Props) {
  const { may } = useOperator();
  const mayWrite = may('replenishment:write');
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {mayBe.includes('approve') && may('replenishment:approve') ? (
        <Approval order={order} decided={decided} />
      ) : null}
      {isProposed && mayWrite ? <ChangeUnits order={order} decided={decided} /> : null}
      {mayBe.includes('cancel') && mayWrite ? (
        <Cancelling order={order} isProposed={isProposed} decided={decided} />
      ) : null}
      {mayBe.includes('acknowledge') && mayWrite ? (
        <Plain order={order} step="acknowledge" decided={decided} />
      ) : null}
      {mayBe.includes('close') && mayWrite ? <Plain order={order} step="close" decided={decided} /> : null}
    </SpaceBetween>
  );
}

function useDecide(id: string) {
  const { api } = useOperator();
  return (decision: 'cancel' | 'acknowledge' | 'close', body: Schema<'ReplenishmentDecision'>) =>
    (key: string) =>
      dataOf(
        api.POST('/v1/admin/replenishment/orders/{replenishmentOrderId}/{decision}', {
          params: { path: { replenishmentOrderId: id, decision }, header: { 'Idempotency-Key': key } },
          body,
        }),
      );
}

function Cancelling({ order, isProposed, decided }: Omit<Props, 'mayBe'>) {
  const [reason, setReason] = useState<Reason>('not-needed');
  const id = order.replenishmentOrderId;
  const decide = useDecide(id);
  return (
    <Decision
      text={isProposed ? 'Refuse' : 'Cancel'}
      about={id}
      says={
        isProposed
          ? 'Nothing is ordered. The need is open again, and the next run may propose it again if the forecast still asks for it.'
          : `${order.supplierId ?? order.fromWarehouseId ?? 'The sender'} gets a cancellation if the order was sent. Its units are not expected any more, and the next run may order them again.`
      }
      done={`${id} is ${isProposed ? 'refused' : 'cancelled'}.`}
      send={decide('cancel', { reason })}
      decided={decided}
    >
      <FormField label="Reason" description="It is kept in the timeline of the order.">
        <Select
          selectedOption={REASONS.find(({ value }) => value === reason) ?? null}
          options={REASONS}
          onChange={({ detail }) => setReason(detail.selectedOption.value as Reason)}
        />
      </FormField>
    </Decision>
  );
}

const PLAIN = {
  acknowledge: {
    text: 'Acknowledge',
    says: 'The supplier has accepted the order outside of this system. It is not reported as silent any more.',
    done: 'is acknowledged.',
  },
  close: {
    text: 'Close',
    says: 'What has not come is given up: it is not expected any more, and the next run may order it again. What was received stays.',
    done: 'is closed.',
  },
} as const;

function Plain({
  order,
  step,
  decided,
}: Pick<Props, 'order' | 'decided'> & { readonly step: keyof typeof PLAIN }) {
  const id = order.replenishmentOrderId;
  const decide = useDecide(id);
  const { text, says, done } = PLAIN[step];
  return <Decision {...{ text, says, decided }} about={id} done={`${id} ${done}`} send={decide(step, {})} />;
}
