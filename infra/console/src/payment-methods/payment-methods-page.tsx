import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useSearchParams } from 'wouter';
import { dataOf, type Schema } from '../api/client.ts';
import { amountOf } from '../orders/amount-field.ts';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { money, words } from '../shell/words.ts';

type Method = Schema<'PaymentCost'>;

const feeOf = ({ fee }: Method): string => {
  if (fee === undefined) return 'Not known';
  const fixed = fee.rule.fixed === undefined ? '' : ` and ${money(fee.rule.fixed)}`;
  return `${money(fee.amount)}: ${fee.rule.percent} %${fixed}, ${fee.rule.by === 'terms' ? 'of your terms' : 'of the published list'}`;
};

const columns = [
  { id: 'method', header: 'Method', isRowHeader: true, cell: ({ method }: Method) => words(method) },
  { id: 'provider', header: 'Provider', cell: ({ provider }: Method) => provider },
  {
    ...{ id: 'offer', header: 'On offer' },
    cell: ({ refusal }: Method) => (
      <StatusIndicator type={refusal === undefined ? 'success' : 'stopped'}>
        {refusal === undefined ? 'Yes' : refusal.detail}
      </StatusIndicator>
    ),
  },
  { id: 'fee', header: 'Costs', cell: feeOf },
  { id: 'licence', header: 'Licence until', cell: ({ licence }: Method) => licence?.validUntil ?? '–' },
];

/** What a shopper of a country may pay an amount with, what it costs, and why other methods are not on offer. */
export function PaymentMethodsPage() {
  const { api } = useOperator();
  const [search, setSearch] = useSearchParams();
  const country = search.get('country') ?? 'DE';
  const currency = search.get('currency') ?? 'EUR';
  const typed = search.get('amount') ?? '50.00';
  const isWhole = /^[A-Z]{2}$/.test(country) && /^[A-Z]{3}$/.test(currency);
  const amount = isWhole ? amountOf(typed, currency)?.amount : undefined;
  const set = (change: Readonly<Record<string, string>>) =>
    setSearch({ country, currency, amount: typed, ...change }, { replace: true });
  return (
    <PagedTable
      title="Payment methods"
      queryKey={['payment-methods', country, currency, amount]}
      read={async () => {
        if (amount === undefined) return { rows: [] };
        const query = { country, currency, amount: String(amount) };
        return {
          rows: (await dataOf(api.GET('/v1/admin/payment-methods', { params: { query: query as never } })))
            .methods,
        };
      }}
      columns={columns}
      trackBy={({ method, provider }) => `${method} ${provider}`}
      nothing={amount === undefined ? 'Give a country, a currency and an amount' : 'Nothing is on offer'}
      filter={
        <SpaceBetween direction="horizontal" size="l">
          <FormField label="Country of the shopper">
            <Input
              value={country}
              onChange={({ detail }) => set({ country: detail.value.toUpperCase().slice(0, 2) })}
            />
          </FormField>
          <FormField label="Currency">
            <Input
              value={currency}
              onChange={({ detail }) => set({ currency: detail.value.toUpperCase().slice(0, 3) })}
            />
          </FormField>
          <FormField label="Amount">
            <Input
              value={typed}
              inputMode="decimal"
              onChange={({ detail }) => set({ amount: detail.value.slice(0, 14) })}
            />
          </FormField>
        </SpaceBetween>
      }
    />
  );
}
