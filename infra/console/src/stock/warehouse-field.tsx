import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { dataOf } from '../api/client.ts';
import { useOperator } from '../shell/operator.tsx';

interface Props {
  readonly value: string;
  readonly changed: (warehouseId: string) => void;
  readonly label?: string;
  /** The name of the choice without a warehouse; no such choice if it is absent. */
  readonly all?: string | undefined;
}

/** The codes of the warehouses; none where the operator may not read them. */
export function useWarehouses() {
  const { api, may } = useOperator();
  return useQuery({
    queryKey: ['warehouse-codes'],
    queryFn: () => dataOf(api.GET('/v1/admin/warehouses', { params: { query: { limit: 100 } } })),
    enabled: may('catalogue:read'),
  });
}

/** A warehouse, chosen from a list; typed where the operator may not read the list, or it is longer than a page. */
export function WarehouseField({ value, changed, label = 'Warehouse', all = 'All warehouses' }: Props) {
  const { data } = useWarehouses();
  if (data === undefined || data.cursor !== undefined)
    return (
      <FormField label={label} constraintText="Its code, such as pl-poznan">
        <Input value={value} onChange={({ detail }) => changed(detail.value)} />
      </FormField>
    );
  const codes = data.warehouses.map(({ warehouseId, name }) => ({
    ...{ value: warehouseId, label: warehouseId, description: name },
  }));
  const options = all === '' ? codes : [{ value: '', label: all }, ...codes];
  return (
    <FormField label={label}>
      <Select
        selectedOption={options.find((each) => each.value === value) ?? { value, label: value }}
        options={options}
        onChange={({ detail }) => changed(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}
