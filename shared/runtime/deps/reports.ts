import { createSellerStore } from '../../aws/catalogue/seller-store.ts';
import { openTable } from '../../aws/clients.ts';
import { createRunStore } from '../../aws/reports/run-store.ts';
import { createTaxEntries, ratesOn } from '../../aws/reports/tax-entries.ts';
import { toInstant } from '../../kernel/time.ts';
import type { ReportSources } from '../../reports/index.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';
import { reportObjects } from './lake-files.ts';
import { askingDeps } from './report-asking.ts';

const clock = () => new Date();

/** An answer of a function has at most 6 MB, and its bytes are sent as text that is a third longer. */
const MAX_INLINE_BYTES = 4_000_000;
/** Of the JSON of a report that is written as a page in another locale. */
const MAX_WRITTEN_BYTES = 32_000_000;

/**
 * The sources of reports. `now` is the instant of the request. Stored reports are opened at the first request for
 * one.
 */
export function reportsDeps() {
  const settings = readSettings();
  const table = openTable(settings.tableName);
  const store = createSellerStore(table, clock);
  const stored = {
    taxEntries: createTaxEntries(table),
    ratesOn: (day: string) => ratesOn(table, day),
    registrations: store.seller,
  };
  return {
    sources: (): ReportSources => ({ ...stored, now: toInstant(clock()) }),
    lake: once(() => ({
      ...askingDeps(table),
      files: reportObjects(),
      maxInlineBytes: MAX_INLINE_BYTES,
      maxWrittenBytes: MAX_WRITTEN_BYTES,
    })),
  };
}

/** For listing stored reports. */
export const reportListDeps = () => ({ runs: createRunStore(openTable(readSettings().tableName)) });
