import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { OrderTable } from './order-table.tsx';

const STATES = [
  { value: 'open', label: 'Open' },
  { value: 'attention', label: 'A person has to look' },
  { value: 'closed', label: 'Closed' },
] as const;
const ORDER_ID = /^ord_[0-9A-HJKMNP-TV-Z]{26}$/;

/** All orders. The filters are in the address, so that a view can be kept as a bookmark. */
export function OrderListPage() {
  const [search, setSearch] = useSearchParams();
  const [, go] = useLocation();
  const [id, setId] = useState('');
  const state = STATES.find(({ value }) => value === search.get('status')) ?? STATES[0];
  const warehouse = search.get('warehouse') ?? '';
  const wrong = id !== '' && !ORDER_ID.test(id.trim());
  return (
    <OrderTable
      title="Orders"
      status={state.value}
      {...(warehouse === '' ? {} : { warehouse })}
      nothing="No orders here"
      filter={
        <ColumnLayout columns={3}>
          <FormField
            label="Open an order"
            errorText={wrong ? 'An order id is ord_ and 26 letters and digits' : ''}
          >
            <Input
              value={id}
              placeholder="ord_…"
              onChange={({ detail }) => setId(detail.value)}
              onKeyDown={({ detail }) => {
                if (detail.key === 'Enter' && ORDER_ID.test(id.trim())) go(`/orders/${id.trim()}`);
              }}
            />
          </FormField>
          <FormField label="Orders that are">
            <Select
              selectedOption={state}
              options={STATES}
              onChange={({ detail }) => setSearch(filtersOf(detail.selectedOption.value, warehouse))}
            />
          </FormField>
          <FormField label="From a warehouse" constraintText="Its code, such as pl-poznan">
            <Input
              value={warehouse}
              onChange={({ detail }) => setSearch(filtersOf(state.value, detail.value), { replace: true })}
            />
          </FormField>
        </ColumnLayout>
      }
    />
  );
}

const filtersOf = (status: string | undefined, warehouse: string): Record<string, string> => ({
  ...(status === undefined ? {} : { status }),
  ...(warehouse === '' ? {} : { warehouse }),
});
