import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { dataOf, type Schema } from '../api/client.ts';
import { Decision } from '../shell/decision.tsx';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { Offers } from './offers.tsx';
import { Score } from './score.tsx';
import { bodyOf, draftOf, EMPTY } from './supplier-draft.ts';
import { SupplierForm } from './supplier-form.tsx';

type Supplier = Schema<'SupplierWithScore'>;

/** One supplier: its score, its settings and offers as a form, and its end. */
export function SupplierPage({ params }: { readonly params: { readonly supplierId: string } }) {
  const { api, may } = useOperator();
  const queries = useQueryClient();
  const { supplierId } = params;
  const read = useQuery({
    queryKey: ['suppliers', supplierId],
    // The version belongs to the answer: a read in the background must not give what is typed another one.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const call = api.GET('/v1/admin/replenishment/suppliers/{supplierId}', {
        params: { path: { supplierId } },
      });
      const supplier = await dataOf(call);
      const { response } = await call;
      return { supplier, version: response.headers.get('etag') ?? '*' };
    },
  });
  const again = () => void queries.invalidateQueries({ queryKey: ['suppliers'] });
  if (read.error !== null) return <Failure error={read.error} again={() => void read.refetch()} />;
  if (read.data === undefined) return <Spinner size="large" />;
  const { supplier, version } = read.data;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={supplierId}
          actions={
            may('replenishment:write') && supplier.status !== 'retired' ? (
              <Retiring {...{ supplier, version, retired: again }} />
            ) : null
          }
        >
          {supplier.name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {supplier.status === 'up' ? null : (
          <Alert type="warning">
            {supplier.status === 'down'
              ? 'It is down: nothing new is ordered from it.'
              : 'It is retired: nothing is ordered from it. Its orders stay.'}
          </Alert>
        )}
        {supplier.missingCertificates.length === 0 ? null : (
          <Alert type="warning" header="Certificates are missing or have expired">
            {supplier.missingCertificates.join(', ')}. Nothing is ordered from it until they are stored.
          </Alert>
        )}
        <Score supplier={supplier} />
        {may('replenishment:write') ? (
          <SupplierForm
            key={version}
            {...{ supplierId, version, again, saved: again, begin: draftOf(supplier) }}
          />
        ) : (
          <Offers offers={supplier.offers} />
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

function Retiring({
  supplier,
  version,
  retired,
}: {
  readonly supplier: Supplier;
  readonly version: string;
  readonly retired: () => void;
}) {
  const { api } = useOperator();
  const { supplierId } = supplier;
  return (
    <Decision
      text="Retire"
      about={supplier.name}
      says={`Nothing is ordered from it any more, and its ${supplier.offers.length} offers are in no plan. Open orders go on, and all of them stay readable. It can be brought back by its status.`}
      done={`${supplierId} is retired.`}
      send={() =>
        dataOf(
          api.PUT('/v1/admin/replenishment/suppliers/{supplierId}', {
            params: { path: { supplierId }, header: { 'If-Match': version } },
            body: bodyOf({ ...draftOf(supplier), status: 'retired' }),
          }),
        )
      }
      decided={retired}
    />
  );
}

const SUPPLIER_ID = /^[a-z0-9][a-z0-9-]{1,31}$/;

/** A supplier that is not there yet. */
export function NewSupplierPage() {
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const isCode = SUPPLIER_ID.test(typed);
  return (
    <ContentLayout header={<Header variant="h1">New supplier</Header>}>
      <SpaceBetween size="l">
        <FormField
          label="Code"
          constraintText="Its name in addresses and orders: small letters, digits and dashes. It can't be changed later."
          errorText={typed === '' || isCode ? '' : 'Two to 32 small letters, digits or dashes'}
        >
          <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} />
        </FormField>
        <SupplierForm
          supplierId={isCode ? typed : ''}
          begin={EMPTY}
          version={undefined}
          saved={() => {
            void queries.invalidateQueries({ queryKey: ['suppliers'] });
            go(`/replenishment/suppliers/${typed}`);
          }}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}
