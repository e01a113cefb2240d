import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { moment, money, words } from '../shell/words.ts';
import { OrderDecisions } from './order-decisions.tsx';
import { OrderLines, OrderTimeline } from './order-tables.tsx';
import { WhyProposed } from './why-proposed.tsx';
import { day } from './words.ts';

type Order = Schema<'ReplenishmentOrder'>;

/** One purchase or transfer order: why it was proposed, what came of it, and what may be decided. */
export function ReplenishmentOrderPage({ params }: { readonly params: { readonly orderId: string } }) {
  const { api } = useOperator();
  const queries = useQueryClient();
  const id = params.orderId;
  const order = useQuery({
    queryKey: ['replenishment', 'order', id],
    queryFn: () =>
      dataOf(
        api.GET('/v1/admin/replenishment/orders/{replenishmentOrderId}', {
          params: { path: { replenishmentOrderId: id } },
        }),
      ),
  });
  if (order.error !== null) return <Failure error={order.error} again={() => void order.refetch()} />;
  if (order.data === undefined) return <Spinner size="large" />;
  const decided = () => void queries.invalidateQueries({ queryKey: ['replenishment'] });
  const isProposed = order.data.status === 'proposed';
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <OrderDecisions
              order={order.data}
              mayBe={order.data.mayBe}
              isProposed={isProposed}
              decided={decided}
            />
          }
        >
          {id}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Overview order={order.data} />
        <OrderLines order={order.data} />
        {isProposed ? <WhyProposed order={order.data} /> : null}
        <Container header={<Header variant="h2">Timeline</Header>}>
          <OrderTimeline order={order.data} />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

function Overview({ order }: { readonly order: Order }) {
  const { status, kind, supplierId, fromWarehouseId, total, supplierReference, cancelledFor } = order;
  return (
    <KeyValuePairs
      columns={4}
      items={[
        {
          label: 'Status',
          value: cancelledFor === undefined ? words(status) : `${words(status)}: ${words(cancelledFor)}`,
        },
        { label: 'Kind', value: words(kind) },
        { label: 'From', value: supplierId ?? fromWarehouseId ?? '–' },
        { label: 'To', value: order.warehouseId },
        { label: 'Price', value: total === undefined ? '–' : money(total) },
        { label: 'Proposed', value: moment(order.proposedAt) },
        { label: 'Expected', value: day(order.expectedAt) },
        { label: "Supplier's number", value: supplierReference ?? '–' },
        ...(order.failedSendings === 0
          ? []
          : [{ label: 'Sendings that failed', value: String(order.failedSendings) }]),
      ]}
    />
  );
}
