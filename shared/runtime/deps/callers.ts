import { createOpenEntries } from '../../aws/callers/open-entries.ts';
import { createUnitsOfStorefronts } from '../../aws/callers/units-of-storefronts.ts';
import type { Table } from '../../aws/clients.ts';
import {
  type CallerLimits,
  type CatalogueStore,
  callerLimitsOf,
  type OpenEntries,
  type UnitsOfStorefronts,
} from '../../catalogue/index.ts';
import { keyedHash } from '../../kernel/hash.ts';

/** For counting what a caller has open. */
interface Counting {
  readonly entries: OpenEntries;
  readonly units: UnitsOfStorefronts;
  readonly limits: CallerLimits;
  readonly hashOf: (text: string) => string;
}

/** `secret`: no entry can be traced to a person without it. */
export function countingDeps(
  table: Table,
  {
    catalogue,
    secret,
  }: { readonly catalogue: Pick<CatalogueStore, 'seller'>; readonly secret: () => Promise<string> },
): () => Promise<Counting> {
  const entries = createOpenEntries(table);
  const units = createUnitsOfStorefronts(table);
  return async () => {
    const [seller, key] = await Promise.all([catalogue.seller(), secret()]);
    return {
      entries,
      units,
      limits: callerLimitsOf(seller),
      hashOf: (text) => keyedHash(`caller:${text}`, key),
    };
  };
}
