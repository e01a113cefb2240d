import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, dataOf } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { Offers } from './offers.tsx';
import { bodyOf, type Draft, fieldErrors } from './supplier-draft.ts';
import { SupplierFields } from './supplier-fields.tsx';

interface Props {
  readonly supplierId: string;
  readonly begin: Draft;
  /** The version that is changed; undefined for a new supplier, which must not be there yet. */
  readonly version: string | undefined;
  readonly saved: () => void;
  /** Reads the supplier again, where somebody else changed it meanwhile. */
  readonly again?: () => void;
}

/** A supplier as a form. What was typed stays until it is stored, also where the backend refuses it. */
export function SupplierForm({ supplierId, begin, version, saved, again }: Props) {
  const { api, say } = useOperator();
  const [draft, setDraft] = useState(begin);
  const storing = useMutation({
    mutationFn: () =>
      dataOf(
        api.PUT('/v1/admin/replenishment/suppliers/{supplierId}', {
          params: {
            path: { supplierId },
            header: version === undefined ? {} : { 'If-Match': version },
          },
          body: bodyOf(draft),
        }),
      ),
    onSuccess: () => {
      say({ type: 'success', text: `${supplierId} is stored. The next run plans with it.` });
      saved();
    },
  });
  const { error } = storing;
  const isConflict = error instanceof ApiError && error.status === 412;
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  return (
    <Form
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={() => setDraft(begin)} disabled={draft === begin}>
            Take back
          </Button>
          <Button
            variant="primary"
            loading={storing.isPending}
            disabled={supplierId === ''}
            onClick={() => storing.mutate()}
          >
            Store
          </Button>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="l">
        {isConflict ? (
          <Alert
            type="warning"
            header="Somebody else has changed this supplier"
            action={again === undefined ? undefined : <Button onClick={again}>Read it again</Button>}
          >
            Nothing was stored. What you typed is still here; reading it again replaces it.
          </Alert>
        ) : error === null ? null : (
          <Failure error={error} again={() => storing.mutate()} />
        )}
        <SupplierFields draft={draft} errors={fieldErrors(error)} changed={change} />
        <Offers offers={draft.offers} changed={(offers) => change({ offers })} />
        <Alert type="info">
          Storing replaces the whole supplier. Orders that were sent keep their prices; the next run and new
          orders use these.
        </Alert>
      </SpaceBetween>
    </Form>
  );
}
