import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { useQuery } from '@tanstack/react-query';
import { ApiError, dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PlanAtSite } from './plan-at-site.tsx';
import { day } from './words.ts';

/** What the last run found for a product, at one warehouse or at all. */
export function SkuExplained({ sku, warehouse }: { readonly sku: string; readonly warehouse?: string }) {
  const { api } = useOperator();
  const explained = useQuery({
    queryKey: ['sku-explained', sku],
    queryFn: () =>
      dataOf(api.GET('/v1/admin/replenishment/skus/{sku}', { params: { path: { sku } } })).catch(
        // No run yet, or the product was in none: there is nothing to explain.
        (error: Error): Schema<'SkuExplained'> | null => {
          if (error instanceof ApiError && error.status === 404) return null;
          throw error;
        },
      ),
  });
  if (explained.error !== null)
    return <Failure error={explained.error} again={() => void explained.refetch()} />;
  if (explained.data === undefined) return <Spinner />;
  const sites = (explained.data?.sites ?? []).filter(
    ({ warehouseId }) => warehouse === undefined || warehouseId === warehouse,
  );
  if (explained.data === null || sites.length === 0)
    return <Box color="text-body-secondary">No run of replenishment has planned this product yet.</Box>;
  const { day: from, timeZone } = explained.data;
  return (
    <>
      <Box color="text-body-secondary">
        By the run of {day(from)} ({timeZone}).
      </Box>
      {sites.map((plan) => (
        <div key={plan.warehouseId}>
          <Box variant="h3" padding={{ top: 'm', bottom: 's' }}>
            {plan.sku} at {plan.warehouseId}
          </Box>
          <PlanAtSite plan={plan} from={from} />
        </div>
      ))}
    </>
  );
}
