import { ratesPage } from '../../aws/rates/rates-page.ts';
import type { RateKind } from '../../rates/index.ts';
import { ownTable } from './table.ts';

/** For showing the exchange rates that are stored. */
export function ratesReadDeps() {
  const table = ownTable();
  return {
    ratesPage: (kind: RateKind, page: Parameters<typeof ratesPage>[2]) => ratesPage(table, kind, page),
  };
}
