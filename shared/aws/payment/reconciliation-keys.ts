import type { Key } from '../table.ts';

/** The beginnings of the sort keys of differences from a provider's books, and of the runs that found them. */
export const DIFFERENCE_PREFIX = 'DIFFERENCE#';
export const RUN_PREFIX = 'RUN#';

const PARTITION = 'RECONCILIATION#';

/** The keys of reconciliation; `table.ts` lists them with those of everything else. */
export const reconciliationKeys = {
  partition: (provider: string) => `${PARTITION}${provider}`,
  difference: (provider: string, id: string): Key => ({
    pk: `${PARTITION}${provider}`,
    sk: `${DIFFERENCE_PREFIX}${id}`,
  }),
  run: (provider: string, at: string): Key => ({ pk: `${PARTITION}${provider}`, sk: `${RUN_PREFIX}${at}` }),
  /** That the orders of a day were looked at for what no provider has settled. */
  day: (day: string): Key => ({ pk: PARTITION, sk: `${RUN_PREFIX}${day}` }),
  /** Until when the payouts of a provider were read. */
  read: (provider: string): Key => ({ pk: `${PARTITION}${provider}`, sk: 'READ' }),
};
