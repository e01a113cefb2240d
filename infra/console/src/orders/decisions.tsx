import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { DecisionDialog } from '../shell/decision.tsx';
import { useOperator } from '../shell/operator.tsx';
import { money } from '../shell/words.ts';
import { amountOf } from './amount-field.ts';

type Order = Schema<'OperatorOrder'>;
type Decision = 'release' | 'hold' | 'refuse' | 'refund';

const CHOICES: Readonly<Record<Decision, { readonly text: string; readonly says: string }>> = {
  release: {
    text: 'Release',
    says: 'The order goes on: the payment is captured, the parcels are booked, declared and sent.',
  },
  hold: { text: 'Hold', says: 'Nothing more is captured, booked or sent until somebody releases the order.' },
  refuse: {
    text: 'Refuse and cancel',
    says: 'The order is stopped, its stock is free again, and what was captured is returned. Parcels that have left go on: close each of them.',
  },
  refund: {
    text: 'Refund',
    says: 'The money goes back to the shopper by the provider. Tax returns are lower by its tax; duty stays owed to customs.',
  },
};

interface Props {
  readonly order: Order;
  readonly decided: () => void;
}

/** What an operator may decide. Each says its consequences before it is done. */
export function Decisions({ order, decided }: Props) {
  const { may } = useOperator();
  const [chosen, setChosen] = useState<Decision>();
  if (!may('orders:write')) return null;
  return (
    <>
      <ButtonDropdown
        variant="primary"
        items={Object.entries(CHOICES).map(([id, { text }]) => ({ id, text }))}
        onItemClick={({ detail }) => setChosen(detail.id as Decision)}
      >
        Decide
      </ButtonDropdown>
      {chosen === undefined ? null : (
        <DecisionForm
          key={chosen}
          order={order}
          decision={chosen}
          decided={decided}
          close={() => setChosen(undefined)}
        />
      )}
    </>
  );
}

interface FormProps extends Props {
  readonly decision: Decision;
  readonly close: () => void;
}

function DecisionForm({ order, decision, decided, close }: FormProps) {
  const { api } = useOperator();
  const [body, setBody] = useState<Schema<'DecisionRequest'> | undefined>({});
  const { text, says } = CHOICES[decision];
  return (
    <DecisionDialog
      text={text}
      about={order.orderId}
      says={says}
      done={`${text}: the decision is stored. The timeline shows its result.`}
      disabled={body === undefined}
      send={(key) =>
        dataOf(
          api.POST('/v1/admin/orders/{orderId}/{decision}', {
            params: { path: { orderId: order.orderId, decision }, header: { 'Idempotency-Key': key } },
            body: body ?? {},
          }),
        )
      }
      decided={decided}
      close={close}
    >
      {decision === 'refund' ? <RefundFields order={order} onBody={setBody} /> : null}
    </DecisionDialog>
  );
}

const REST = { value: 'rest', label: 'The rest of what was paid' };
const AMOUNT = { value: 'amount', label: 'An amount' };

/** What is returned: all, an amount, or units of a line with their duty and tax. */
function RefundFields({
  order,
  onBody,
}: {
  readonly order: Order;
  readonly onBody: (body: Schema<'DecisionRequest'> | undefined) => void;
}) {
  const lines = linesOf(order);
  const [what, setWhat] = useState(REST);
  const [typed, setTyped] = useState('');
  const { currency } = order.landedCost.totals.total;
  const line = lines.find(({ lineId }) => lineId === what.value);
  const amount = amountOf(typed, currency);
  const change = (value: { readonly value: string; readonly label: string }, text: string) => {
    setWhat(value);
    setTyped(text);
    const given = amountOf(text, currency);
    const quantity = Number(text);
    if (value.value === REST.value) onBody({});
    else if (value.value === AMOUNT.value) onBody(given === undefined ? undefined : { amount: given });
    else
      onBody(
        Number.isInteger(quantity) && quantity > 0
          ? { lines: [{ lineId: value.value, quantity }] }
          : undefined,
      );
  };
  return (
    <>
      <FormField label="What is refunded">
        <Select
          selectedOption={what}
          options={[
            REST,
            AMOUNT,
            ...lines.map(({ lineId, sku }) => ({ value: lineId, label: `Units of ${sku}` })),
          ]}
          onChange={({ detail }) =>
            change({ value: detail.selectedOption.value ?? '', label: detail.selectedOption.label ?? '' }, '')
          }
        />
      </FormField>
      {what.value === REST.value ? null : (
        <FormField
          label={line === undefined ? `Amount in ${currency}` : `Units, ${line.quantity} at most`}
          constraintText={line === undefined && amount !== undefined ? money(amount) : ''}
        >
          <Input value={typed} inputMode="decimal" onChange={({ detail }) => change(what, detail.value)} />
        </FormField>
      )}
    </>
  );
}

const linesOf = ({ landedCost }: Order) => landedCost.consignments.flatMap(({ lines }) => lines);
