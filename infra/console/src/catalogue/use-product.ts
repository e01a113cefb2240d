import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schema } from '../api/client.ts';
import { versionedOf } from '../api/version.ts';
import { useOperator } from '../shell/operator.tsx';

export type Product = Schema<'StoredProduct'>;

/** A product as it is stored, and how a change of that version is stored. */
export function useProduct(sku: string) {
  const { api } = useOperator();
  const queries = useQueryClient();
  const queryKey = ['product', sku];
  const stored = useQuery({
    queryKey,
    // A form that is open is of this version: what another operator stores meanwhile is not taken for seen.
    refetchOnWindowFocus: false,
    queryFn: () => versionedOf(api.GET('/v1/admin/products/{sku}', { params: { path: { sku } } })),
  });
  const storing = useMutation({
    mutationFn: ({ product, version }: { readonly product: Product; readonly version: string }) => {
      const { sku: _inThePath, warnings: _notStored, ...body } = product;
      return versionedOf(
        api.PUT('/v1/admin/products/{sku}', {
          params: { path: { sku }, header: { 'If-Match': version } },
          // What is stored fits what may be stored; only the shape that is read back is wider.
          body: body as Schema<'ProductToStore'>,
        }),
      );
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['products'] });
      return queries.invalidateQueries({ queryKey });
    },
  });
  return { stored, storing };
}
