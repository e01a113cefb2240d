import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { amountOf } from '../orders/amount-field.ts';
import { Decision } from '../shell/decision.tsx';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { money } from '../shell/words.ts';

type Settings = Schema<'PurchasingSettings'>;
type Currency = NonNullable<Settings['approvalLimit']>['currency'];

/** Which orders approve themselves. */
export function PurchasingPage() {
  const { api, may } = useOperator();
  const read = useQuery({
    queryKey: ['purchasing-settings'],
    queryFn: () => dataOf(api.GET('/v1/admin/replenishment/purchasing-settings')),
  });
  const again = () => void read.refetch();
  if (read.error !== null) return <Failure error={read.error} again={again} />;
  if (read.data === undefined) return <Spinner size="large" />;
  const { approvalLimit, approvesTransfers } = read.data;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={may('replenishment:approve') ? <Change settings={read.data} changed={again} /> : null}
        >
          Purchasing settings
        </Header>
      }
    >
      <Container header={<Header variant="h2">Which orders approve themselves</Header>}>
        <KeyValuePairs
          columns={2}
          items={[
            {
              label: 'Purchase orders',
              value:
                approvalLimit === undefined
                  ? 'None: a person approves each'
                  : `Up to ${money(approvalLimit)}`,
            },
            {
              label: 'Transfers between warehouses',
              value: approvesTransfers ? 'All' : 'None: a person approves each',
            },
          ]}
        />
      </Container>
    </ContentLayout>
  );
}

function Change({ settings, changed }: { readonly settings: Settings; readonly changed: () => void }) {
  const { api } = useOperator();
  const { approvalLimit } = settings;
  const [limit, setLimit] = useState(() =>
    approvalLimit === undefined ? '' : money(approvalLimit).replaceAll(/[^\d.,]/g, ''),
  );
  const [currency, setCurrency] = useState<string>(approvalLimit?.currency ?? 'EUR');
  const [transfers, setTransfers] = useState(settings.approvesTransfers);
  const isCurrency = /^[A-Z]{3}$/.test(currency);
  const amount = isCurrency ? amountOf(limit, currency as Currency) : undefined;
  const isWrong = limit !== '' && amount === undefined;
  return (
    <Decision
      text="Change"
      about="purchasing settings"
      says={`From the next proposal on: ${amount === undefined ? 'a person approves each purchase order' : `purchase orders up to ${money(amount)} are sent to their suppliers without a person`}; ${transfers ? 'transfers are approved by themselves' : 'a person approves each transfer'}. Proposals that wait stay as they are.`}
      done="The purchasing settings are stored."
      disabled={isWrong || !isCurrency}
      send={() =>
        dataOf(
          api.PUT('/v1/admin/replenishment/purchasing-settings', {
            body: {
              approvesTransfers: transfers,
              ...(amount === undefined ? {} : { approvalLimit: amount }),
            },
          }),
        )
      }
      decided={changed}
    >
      <SpaceBetween size="s">
        <FormField
          label="Purchase orders up to"
          constraintText="Empty: a person approves each"
          errorText={isWrong ? 'An amount such as 250.00' : ''}
        >
          <Input value={limit} onChange={({ detail }) => setLimit(detail.value)} />
        </FormField>
        <FormField label="Currency" errorText={isCurrency ? '' : 'Three capital letters'}>
          <Input value={currency} onChange={({ detail }) => setCurrency(detail.value)} />
        </FormField>
        <Toggle checked={transfers} onChange={({ detail }) => setTransfers(detail.checked)}>
          Transfers between warehouses approve themselves
        </Toggle>
      </SpaceBetween>
    </Decision>
  );
}
