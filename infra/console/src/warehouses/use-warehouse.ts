import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schema } from '../api/client.ts';
import { type Versioned, versionedOf } from '../api/version.ts';
import { useOperator } from '../shell/operator.tsx';

export type Warehouse = Schema<'Warehouse'>;

/** A warehouse as it is stored, and how a change of that version is stored. */
export function useWarehouse(warehouseId: string) {
  const { api } = useOperator();
  const queries = useQueryClient();
  const queryKey = ['warehouse', warehouseId];
  const params = { path: { warehouseId } };
  const stored = useQuery({
    queryKey,
    // A form that is open is of this version: what another operator stores meanwhile is not taken for seen.
    refetchOnWindowFocus: false,
    queryFn: () => versionedOf(api.GET('/v1/admin/warehouses/{warehouseId}', { params })),
  });
  const storing = useMutation({
    mutationFn: async ({ value, version }: Versioned<Warehouse>) => {
      const { warehouseId: _inThePath, ...body } = value;
      return versionedOf(
        api.PUT('/v1/admin/warehouses/{warehouseId}', {
          params: { ...params, header: { 'If-Match': version } },
          // What is stored fits what may be stored; only the shape that is read back is wider.
          body: body as Schema<'WarehouseToStore'>,
        }),
      );
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['warehouses'] });
      return queries.invalidateQueries({ queryKey });
    },
  });
  return { stored, storing };
}
