import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useState } from 'react';
import { Decision } from '../shell/decision.tsx';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { words } from '../shell/words.ts';
import { Registrations } from './registrations.tsx';
import { type Seller, useSeller } from './use-seller.ts';

/** The seller: who it is, where it is registered, and its settings. */
export function SellerPage() {
  const { may } = useOperator();
  const { stored, storing } = useSeller();
  const again = () => void stored.refetch();
  if (stored.error !== null) return <Failure error={stored.error} again={again} />;
  if (stored.data === undefined) return <Spinner size="large" />;
  const { value, version } = stored.data;
  const mayWrite = may('seller:write');
  const store = (change: Partial<Seller>) =>
    storing.mutateAsync({ seller: { ...value, ...change }, version });
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={addressOf(value)}>
        {value.name}
      </Header>
      <Registrations seller={value} mayWrite={mayWrite} store={store} />
      <Container
        header={
          <Header
            variant="h2"
            actions={mayWrite ? <Classification seller={value} store={store} decided={again} /> : null}
          >
            Settings
          </Header>
        }
      >
        <KeyValuePairs columns={3} items={settingsOf(value)} />
      </Container>
    </SpaceBetween>
  );
}

const POLICIES = ['refuse', 'minimum', 'median', 'maximum'] as const;

interface ClassificationProps {
  readonly seller: Seller;
  readonly store: (change: Partial<Seller>) => Promise<unknown>;
  readonly decided: () => void;
}

function Classification({ seller, store, decided }: ClassificationProps) {
  const [policy, setPolicy] = useState<(typeof POLICIES)[number]>(seller.classification ?? 'refuse');
  return (
    <Decision
      text="Change the classification"
      about="of codes with several rates"
      says="It decides what a quote takes where a tariff divides a code: nothing (the goods are refused), the lowest, the middle or the highest duty."
      done="The classification is stored."
      send={() => store({ classification: policy })}
      decided={decided}
    >
      <FormField label="Where a code has several rates">
        <Select
          selectedOption={{ value: policy, label: words(policy) }}
          options={POLICIES.map((value) => ({ value, label: words(value) }))}
          onChange={({ detail }) =>
            setPolicy(POLICIES.find((one) => one === detail.selectedOption.value) ?? policy)
          }
        />
      </FormField>
    </Decision>
  );
}

const addressOf = ({ address }: Seller): string =>
  address === undefined
    ? 'No address is stored'
    : [address.line1, address.postalCode, address.city, address.country].filter(Boolean).join(', ');

/** The settings that are no registrations, one by one. A setting that is not there has its default. */
const settingsOf = (seller: Seller) =>
  Object.entries(seller)
    .filter(([name]) => !['name', 'address', 'taxNumbers', 'ioss', 'gbVat', 'importer'].includes(name))
    .flatMap(([name, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([part, one]) => ({
            label: `${words(name)}: ${words(part)}`,
            value: textOf(one),
          }))
        : [{ label: words(name), value: textOf(value) }],
    );

const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
