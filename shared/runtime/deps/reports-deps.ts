import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { openTable } from '../../aws/clients.ts';
import { createTaxEntries, ratesOn } from '../../aws/reports/tax-entries.ts';
import { toInstant } from '../../kernel/time.ts';
import type { ReportSources } from '../../reports/index.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';

const readers = once(() => {
  const table = openTable(readSettings().tableName);
  const catalogue = createCatalogueStore(table, () => new Date());
  return {
    taxEntries: createTaxEntries(table),
    ratesOn: (day: string) => ratesOn(table, day),
    registrations: () => catalogue.seller(),
  };
});

/** Where reports read from, at this moment. */
export const reportsDeps = (): ReportSources => ({ ...readers(), now: toInstant(new Date()) });
