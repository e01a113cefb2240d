import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { Decision } from '../shell/decision.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { moment, words } from '../shell/words.ts';

type Listed = Schema<'ListedCarrier'>;

const columns = [
  { id: 'carrier', header: 'Carrier', isRowHeader: true, cell: ({ carrier }: Listed) => carrier },
  {
    ...{ id: 'services', header: 'Services' },
    cell: ({ services }: Listed) => services.map(words).join(', '),
  },
  {
    ...{ id: 'state', header: 'State' },
    cell: ({ down }: Listed) => (
      <StatusIndicator type={down.length === 0 ? 'success' : 'error'}>
        {down.length === 0 ? 'Up' : `Down: ${down.map(words).join(', ')}`}
      </StatusIndicator>
    ),
  },
  { id: 'reason', header: 'Last mark', cell: ({ mark }: Listed) => mark?.reason ?? '–' },
  {
    ...{ id: 'until', header: 'Until' },
    cell: ({ mark }: Listed) => (mark?.until === undefined ? '–' : moment(mark.until)),
  },
];

/** Every carrier of a lane, and which are marked as down. */
export function CarriersPage() {
  const { api, may } = useOperator();
  const queries = useQueryClient();
  const decided = () => void queries.invalidateQueries({ queryKey: ['carriers'] });
  const mark = {
    ...{ id: 'mark', header: 'Mark' },
    cell: (carrier: Listed) => <Mark carrier={carrier} decided={decided} />,
  };
  return (
    <PagedTable
      title="Carriers"
      description="A carrier that is marked as down is in no new plan, and booked parcels go on"
      queryKey={['carriers']}
      read={async () => ({ rows: (await dataOf(api.GET('/v1/admin/carriers'))).carriers })}
      columns={may('catalogue:write') ? [...columns, mark] : columns}
      trackBy={({ carrier }) => carrier}
      nothing="No warehouse has a lane"
    />
  );
}

function Mark({ carrier, decided }: { readonly carrier: Listed; readonly decided: () => void }) {
  const { api } = useOperator();
  const [reason, setReason] = useState('');
  const isUp = carrier.down.length === 0;
  return (
    <Decision
      text={isUp ? 'Mark down' : 'Mark up'}
      about={carrier.carrier}
      says={
        isUp
          ? 'New quotes are planned with other carriers. Where there is none, the destination can not be served.'
          : 'New quotes may be planned with this carrier again.'
      }
      done={`${carrier.carrier} is marked ${isUp ? 'down' : 'up'}.`}
      disabled={reason.trim() === ''}
      send={() =>
        dataOf(
          api.PUT('/v1/admin/carriers/{code}/health', {
            params: { path: { code: carrier.carrier } },
            body: { status: isUp ? 'down' : 'up', reason: reason.trim() },
          }),
        )
      }
      decided={decided}
    >
      <FormField label="Reason" constraintText="Others read it here and in the plans, up to 200 characters">
        <Input value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 200))} />
      </FormField>
    </Decision>
  );
}
