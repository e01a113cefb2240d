import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import { dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { moment, money, words } from '../shell/words.ts';
import { Attention } from './attention.tsx';
import { Decisions } from './decisions.tsx';
import { LandedCost } from './landed-cost.tsx';
import { Ledger } from './ledger.tsx';
import { OrderStatus } from './order-status.tsx';
import { Parcels } from './parcels.tsx';
import { Timeline } from './timeline.tsx';

type Order = Schema<'OperatorOrder'>;

/** One order: where its parcels are, what each figure rests on, its ledger, and what may be decided. */
export function OrderPage({ params: { orderId } }: { readonly params: { readonly orderId: string } }) {
  const { api } = useOperator();
  const order = useQuery({
    queryKey: ['order', orderId],
    queryFn: () => dataOf(api.GET('/v1/admin/orders/{orderId}', { params: { path: { orderId } } })),
  });
  const again = () => void order.refetch();
  if (order.error !== null) return <Failure error={order.error} again={again} />;
  if (order.data === undefined) return <Spinner size="large" />;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                iconName="refresh"
                ariaLabel="Read again"
                loading={order.isRefetching}
                onClick={again}
              />
              <Decisions order={order.data} decided={again} />
            </SpaceBetween>
          }
        >
          {orderId}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Attention orderId={orderId} reasons={order.data.attention} changed={again} />
        <Overview order={order.data} />
        <Parcels parcels={order.data.parcels} declarations={order.data.declarations} />
        <Tabs
          ariaLabel="Parts of the order"
          tabs={[
            { id: 'cost', label: 'Landed cost', content: <LandedCost cost={order.data.landedCost} /> },
            {
              id: 'ledger',
              label: 'Ledger',
              content: <Ledger entries={order.data.ledger} fees={order.data.fees} />,
            },
            { id: 'timeline', label: 'Timeline', content: <Timeline entries={order.data.timeline} /> },
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Overview({ order }: { readonly order: Order }) {
  const { incoterm, destination, totals, ruleSet } = order.landedCost;
  const place = [destination.country, destination.region, destination.postalCode].filter(Boolean).join(' ');
  const paid = order.payments.map(
    ({ method, provider, status, captured, refunded }) =>
      `${words(method)} by ${words(provider)}: ${words(status)}, captured ${money(captured)}, refunded ${money(refunded)}`,
  );
  return (
    <KeyValuePairs
      columns={4}
      items={[
        { label: 'Status', value: <OrderStatus status={order.status} /> },
        { label: 'Placed', value: moment(order.placedAt) },
        { label: 'To', value: `${place}, ${incoterm}` },
        { label: 'Total', value: money(totals.total) },
        { label: 'Payment', value: paid.join('; ') || 'None yet' },
        { label: 'Rules', value: `${ruleSet.version} of ${ruleSet.date}` },
        {
          label: 'Carbon',
          value: order.carbonGrams === undefined ? '–' : `${(order.carbonGrams / 1000).toFixed(1)} kg CO₂e`,
        },
      ]}
    />
  );
}
