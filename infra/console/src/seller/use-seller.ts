import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schema } from '../api/client.ts';
import { versionedOf } from '../api/version.ts';
import { useOperator } from '../shell/operator.tsx';

export type Seller = Schema<'Seller'>;

/** The seller as it is stored, and how a change of that version is stored. */
export function useSeller() {
  const { api } = useOperator();
  const queries = useQueryClient();
  const queryKey = ['seller'];
  const stored = useQuery({
    queryKey,
    // A form that is open is of this version: what another operator stores meanwhile is not taken for seen.
    refetchOnWindowFocus: false,
    queryFn: () => versionedOf(api.GET('/v1/admin/seller')),
  });
  const storing = useMutation({
    mutationFn: ({ seller, version }: { readonly seller: Seller; readonly version: string }) =>
      versionedOf(
        api.PUT('/v1/admin/seller', {
          params: { header: { 'If-Match': version } },
          // What is stored fits what may be stored; only the shape that is read back is wider.
          body: seller as Schema<'SellerToStore'>,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
  return { stored, storing };
}
