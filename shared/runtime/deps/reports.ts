import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { openTable } from '../../aws/clients.ts';
import { createTaxEntries, ratesOn } from '../../aws/reports/tax-entries.ts';
import { toInstant } from '../../kernel/time.ts';
import type { ReportSources } from '../../reports/index.ts';
import { readSettings } from '../settings.ts';

/** The sources of reports. `now` is the instant of the request. */
export function reportsDeps() {
  const table = openTable(readSettings().tableName);
  const clock = () => new Date();
  const catalogue = createCatalogueStore(table, clock);
  const stored = {
    taxEntries: createTaxEntries(table),
    ratesOn: (day: string) => ratesOn(table, day),
    registrations: () => catalogue.seller(),
  };
  return { sources: (): ReportSources => ({ ...stored, now: toInstant(clock()) }) };
}
