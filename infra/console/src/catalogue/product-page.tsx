import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useState } from 'react';
import { Decision } from '../shell/decision.tsx';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { money, words } from '../shell/words.ts';
import { ProductForm } from './product-form.tsx';
import { type Product, useProduct } from './use-product.ts';

/** A product: what customs, carriers and shoppers are told of it. */
export function ProductPage({ params }: { readonly params: { readonly sku: string } }) {
  const { may } = useOperator();
  const { stored, storing } = useProduct(decodeURIComponent(params.sku));
  const [editing, setEditing] = useState(false);
  const again = () => void stored.refetch();
  if (stored.error !== null) return <Failure error={stored.error} again={again} />;
  if (stored.data === undefined) return <Spinner size="large" />;
  const { value, version } = stored.data;
  const store = (product: Product) => storing.mutateAsync({ product, version });
  const isRetired = value.status === 'retired';
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={value.description}
        actions={
          may('catalogue:write') ? (
            <SpaceBetween direction="horizontal" size="xs">
              <Decision
                text={isRetired ? 'Bring back' : 'Retire'}
                about={value.sku}
                says={
                  isRetired
                    ? 'It is in new quotes and in the lists of the markets again.'
                    : 'It is in no new quote and in no list of a market. Orders that have it go on, and a quote of the last half hour can still be ordered.'
                }
                done={`${value.sku} is ${isRetired ? 'active' : 'retired'}.`}
                send={() => store({ ...value, status: isRetired ? 'active' : 'retired' })}
                decided={again}
              />
              <Button variant="primary" onClick={() => setEditing(true)}>
                Change
              </Button>
            </SpaceBetween>
          ) : null
        }
      >
        {value.sku}
      </Header>
      {value.warnings.length === 0 ? null : (
        <Alert type="warning" header="Values that look wrong">
          {value.warnings.map(({ pointer, detail }) => (
            <div key={pointer}>
              {pointer}: {detail}
            </div>
          ))}
        </Alert>
      )}
      <Container header={<Header variant="h2">Goods</Header>}>
        <KeyValuePairs columns={3} items={pairsOf(value)} />
      </Container>
      {editing ? <ProductForm product={value} store={store} close={() => setEditing(false)} /> : null}
    </SpaceBetween>
  );
}

const pairsOf = (product: Product) => [
  { label: 'Status', value: words(product.status ?? 'active') },
  { label: 'HS code', value: product.hsCode },
  { label: 'National codes', value: listOf(product.nationalCodes) },
  { label: 'Origin', value: product.originCountry },
  {
    label: 'Proofs of origin',
    value:
      product.originProofs?.map(({ agreement, reference }) => `${agreement}: ${reference}`).join(', ') || '–',
  },
  { label: 'Prices', value: product.prices.map(money).join(', ') },
  { label: 'Weight of one unit', value: `${product.unitWeightGrams} g` },
  {
    label: 'Size',
    value: `${product.dimensions.lengthMm} × ${product.dimensions.widthMm} × ${product.dimensions.heightMm} mm`,
  },
  { label: 'Sold from', value: product.availableFrom ?? 'Now' },
  { label: 'Measures', value: listOf(product.measures) },
  { label: 'What is known for restrictions', value: listOf(product.compliance) },
];

/** The fields of something as text, or a dash. */
const listOf = (given: object | undefined): string =>
  Object.entries(given ?? {})
    .map(([name, value]) => `${words(name)}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('; ') || '–';
