import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, dataOf } from '../api/client.ts';
import { SkuExplained } from '../replenishment/sku-explained.tsx';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { Correction } from './correction.tsx';
import { Levels } from './levels.tsx';
import { Movements } from './movements.tsx';
import { OpenOrdersOf } from './open-orders-of.tsx';

/** One product: where its units are, how they came and went, what is expected of it, and corrections. */
export function StockPage({ params }: { readonly params: { readonly sku: string } }) {
  const { api, may } = useOperator();
  const queries = useQueryClient();
  const { sku } = params;
  const stock = useQuery({
    queryKey: ['stock-of', sku],
    queryFn: () => dataOf(api.GET('/v1/admin/stock/{sku}', { params: { path: { sku } } })),
  });
  const mayPlan = may('replenishment:read');
  const again = () => {
    void queries.invalidateQueries({ queryKey: ['stock-of', sku] });
    void queries.invalidateQueries({ queryKey: ['stock'] });
    void queries.invalidateQueries({ queryKey: ['stock-entries', sku] });
  };
  const isNowhere = stock.error instanceof ApiError && stock.error.status === 404;
  if (stock.isPending) return <Spinner size="large" />;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            may('stock:write') ? (
              <Correction sku={sku} positions={stock.data?.warehouses ?? []} corrected={again} />
            ) : null
          }
        >
          Stock of {sku}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {isNowhere ? <Alert type="info">No unit of it was ever at a warehouse.</Alert> : null}
        {stock.error === null || isNowhere ? null : (
          <Failure error={stock.error} again={() => void stock.refetch()} />
        )}
        {stock.data === undefined ? null : <Levels stock={stock.data} />}
        {stock.data === undefined ? null : <Movements sku={sku} positions={stock.data.warehouses} />}
        {mayPlan ? <OpenOrdersOf sku={sku} /> : null}
        {mayPlan ? (
          <Container header={<Header variant="h2">Forecast and replenishment</Header>}>
            <SkuExplained sku={sku} />
          </Container>
        ) : null}
      </SpaceBetween>
    </ContentLayout>
  );
}
