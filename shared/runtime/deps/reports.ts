import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { openTable } from '../../aws/clients.ts';
import { createTaxEntries, ratesOn } from '../../aws/reports/tax-entries.ts';
import { toInstant } from '../../kernel/time.ts';
import type { TaxReturnDeps } from '../../reports/index.ts';
import { readSettings } from '../settings.ts';

/** For reports and tax returns. */
export function reportsDeps() {
  const table = openTable(readSettings().tableName);
  const clock = () => new Date();
  const catalogue = createCatalogueStore(table, clock);
  const entries = createTaxEntries(table);
  return {
    taxReturns: (): TaxReturnDeps => ({
      entries,
      ratesOn: (day) => ratesOn(table, day),
      registrations: () => catalogue.seller(),
      now: toInstant(clock()),
    }),
  };
}
