import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { DecisionDialog } from '../shell/decision.tsx';
import { useOperator } from '../shell/operator.tsx';
import { consequenceOf, KINDS, type Kind, movementOf, wrongUnits } from './correction-of.ts';
import { WarehouseField } from './warehouse-field.tsx';

interface Props {
  readonly sku: string;
  readonly positions: readonly Schema<'StockPosition'>[];
  readonly corrected: () => void;
}

/** A count, a receipt or a loss of units, after it has said what follows. */
export function Correction(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Correct the stock</Button>
      {open ? <CorrectionDialog {...props} close={() => setOpen(false)} /> : null}
    </>
  );
}

function CorrectionDialog({ sku, positions, corrected, close }: Props & { readonly close: () => void }) {
  const { api } = useOperator();
  const [kind, setKind] = useState<Kind>('count');
  const [warehouseId, setWarehouse] = useState(positions[0]?.warehouseId ?? '');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const position = positions.find((each) => each.warehouseId === warehouseId);
  const given = { kind, sku, warehouseId, typed, reason, position };
  const wrong = typed === '' ? undefined : wrongUnits(given);
  const movement = movementOf(given);
  return (
    <DecisionDialog
      text="Correct"
      about={sku}
      says={consequenceOf(given)}
      done={`The stock of ${sku} at ${warehouseId} is corrected.`}
      disabled={movement === undefined}
      send={(key) =>
        dataOf(
          api.POST('/v1/admin/stock/movements', {
            params: { header: { 'Idempotency-Key': key } },
            body: movement ?? fail(),
          }),
        )
      }
      decided={corrected}
      close={close}
    >
      <SpaceBetween size="s">
        <FormField label="What happened">
          <Select
            selectedOption={KINDS.find(({ value }) => value === kind) ?? KINDS[0]}
            options={KINDS}
            onChange={({ detail }) => setKind(detail.selectedOption.value as Kind)}
          />
        </FormField>
        <WarehouseField value={warehouseId} changed={setWarehouse} all="" />
        <FormField label={kind === 'count' ? 'Units that were counted' : 'Units'} errorText={wrong ?? ''}>
          <Input
            type="number"
            inputMode="numeric"
            value={typed}
            onChange={({ detail }) => setTyped(detail.value)}
          />
        </FormField>
        {kind === 'count' ? (
          <FormField label="Reason" constraintText="At most 200 characters, without personal data">
            <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
        ) : null}
      </SpaceBetween>
    </DecisionDialog>
  );
}

function fail(): never {
  throw new Error('a correction that is not complete can not be sent');
}
