import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useCallback, useState } from 'react';
import type { Schema } from '../api/client.ts';
import { OrderTable } from '../orders/order-table.tsx';
import { words } from '../shell/words.ts';

const ALL = { value: '', label: 'Every reason' };

/** The orders that a person has to look at, by the reason. */
export function WorkPage() {
  const [reason, setReason] = useState(ALL);
  const [seen, setSeen] = useState<readonly string[]>([]);
  const onRead = useCallback((orders: readonly Schema<'ListedOrder'>[]) => {
    const reasons = orders.flatMap(({ attention }) => attention.map((one) => one.reason));
    setSeen([...new Set(reasons)].sort());
  }, []);
  return (
    <OrderTable
      title="Work list"
      status="attention"
      nothing="Nobody has to look at an order"
      only={(order) => hasReason(order, reason.value)}
      onRead={onRead}
      filter={
        <FormField label="Reason">
          <Select
            selectedOption={reason}
            options={[ALL, ...seen.map((value) => ({ value, label: words(value) }))]}
            onChange={({ detail }) =>
              setReason({
                value: detail.selectedOption.value ?? '',
                label: detail.selectedOption.label ?? '',
              })
            }
          />
        </FormField>
      }
    />
  );
}

const hasReason = ({ attention }: Schema<'ListedOrder'>, reason: string): boolean =>
  reason === '' || attention.some((one) => one.reason === reason);
