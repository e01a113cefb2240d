import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useSearchParams } from 'wouter';
import { WarehouseField } from './warehouse-field.tsx';

const MARKS = [
  { value: 'all', label: 'All' },
  { value: 'out', label: 'Out' },
  { value: 'low', label: 'Low' },
] as const;

/** Which stock is shown. Each choice is in the address, so that a bookmark keeps a view. */
export function StockFilter({ lowUnits }: { readonly lowUnits: number }) {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <ColumnLayout columns={4}>
      <FormField label="Product" constraintText="A part of its SKU or name, of those that were read">
        <Input
          type="search"
          clearAriaLabel="All products"
          value={search.get('sku') ?? ''}
          onChange={({ detail }) => set('sku', detail.value)}
        />
      </FormField>
      <WarehouseField
        value={search.get('warehouse') ?? ''}
        changed={(warehouse) => set('warehouse', warehouse)}
      />
      <FormField label="Only">
        <Select
          selectedOption={MARKS.find(({ value }) => value === search.get('mark')) ?? MARKS[0]}
          options={MARKS}
          onChange={({ detail }) => set('mark', detail.selectedOption.value ?? 'all')}
        />
      </FormField>
      <FormField label="Low is at most" constraintText="Units that can be sold">
        <Input
          type="number"
          inputMode="numeric"
          value={String(lowUnits)}
          onChange={({ detail }) => set('low', String(Math.max(0, Math.trunc(Number(detail.value) || 0))))}
        />
      </FormField>
    </ColumnLayout>
  );
}
