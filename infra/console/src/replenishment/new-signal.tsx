import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { Decision } from '../shell/decision.tsx';
import { useOperator } from '../shell/operator.tsx';

type Signal = Schema<'DemandSignal'>;

const KINDS = [
  { value: 'campaign', label: 'Campaign' },
  { value: 'holiday', label: 'Holiday' },
  { value: 'feed', label: 'Feed' },
] as const;

const EMPTY = {
  ...{ signalId: '', kind: 'campaign', markets: '*', skus: '', firstDay: '', lastDay: '' },
  ...{ factor: '1.5', stockDaysBefore: '0' },
};
type Typed = typeof EMPTY;

const FIELDS: readonly { readonly name: keyof Typed; readonly label: string; readonly says: string }[] = [
  { name: 'signalId', label: 'Code', says: 'A stored code is replaced' },
  { name: 'markets', label: 'Markets', says: 'Two letters each, with commas; * for all' },
  { name: 'skus', label: 'Products', says: 'SKUs with commas; empty: all goods' },
  { name: 'firstDay', label: 'First day', says: 'Such as 2026-12-20' },
  { name: 'lastDay', label: 'Last day', says: 'Such as 2026-12-31' },
  { name: 'factor', label: 'Demand times', says: '1.5 is half as much again' },
  { name: 'stockDaysBefore', label: 'Stock is there before', says: 'Days before the first one' },
];

const listOf = (typed: string) =>
  typed
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);

function signalOf(typed: Typed): Signal {
  const skus = listOf(typed.skus);
  return {
    signalId: typed.signalId.trim(),
    kind: typed.kind as Signal['kind'],
    markets: listOf(typed.markets) as unknown as Signal['markets'],
    ...(skus.length === 0 ? {} : { skus }),
    days: { firstDay: typed.firstDay.trim(), lastDay: typed.lastDay.trim() },
    uplift: { factor: Number(typed.factor.replace(',', '.')) },
    stockDaysBefore: Number(typed.stockDaysBefore),
  };
}

/** Stores a signal by its first and last day. The backend names the field that it refuses. */
export function NewSignal({ stored }: { readonly stored: () => void }) {
  const { api } = useOperator();
  const [typed, setTyped] = useState<Typed>(EMPTY);
  const set = (change: Partial<Typed>) => setTyped((now) => ({ ...now, ...change }));
  return (
    <Decision
      text="Add"
      about="a signal"
      says={`From the next run on, demand of its days is the forecast times ${typed.factor || '…'}, and orders are placed early enough for it. Past days of a signal are taken out of the history.`}
      done={`${typed.signalId} is stored.`}
      disabled={typed.signalId.trim() === ''}
      send={() =>
        dataOf(
          api.POST('/v1/admin/replenishment/signals/import', {
            body: { dryRun: false, signals: [signalOf(typed)], retired: [] },
          }),
        )
      }
      decided={() => {
        setTyped(EMPTY);
        stored();
      }}
    >
      <ColumnLayout columns={2}>
        <FormField label="Kind">
          <Select
            selectedOption={KINDS.find(({ value }) => value === typed.kind) ?? KINDS[0]}
            options={KINDS}
            onChange={({ detail }) => set({ kind: detail.selectedOption.value ?? 'campaign' })}
          />
        </FormField>
        {FIELDS.map(({ name, label, says }) => (
          <FormField key={name} label={label} constraintText={says}>
            <Input value={typed[name]} onChange={({ detail }) => set({ [name]: detail.value })} />
          </FormField>
        ))}
      </ColumnLayout>
    </Decision>
  );
}
