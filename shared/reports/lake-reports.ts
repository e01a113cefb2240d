import { funnel } from './funnel/funnel.ts';
import type { LakeReport } from './lake/lake-report.ts';
import { landedCost } from './landed-cost/landed-cost.ts';
import { ledger } from './ledger.ts';
import { sales } from './sales/sales.ts';
import { service } from './service/service.ts';

/** THE REGISTRY of the reports that ask the lake: to add one, add one line to this array. */
export const lakeReports: readonly LakeReport[] = [
  sales, // orders, units and money by day, market, storefront, SKU and currency
  landedCost, // goods, freight, duty, tax and fees by destination and scheme
  ledger, // the trial balance, and what is owed to each authority
  funnel, // views, carts, quotes, orders, paid and delivered by minute, hour, day, market and storefront
  service, // promises kept, times and exceptions by lane and carrier
];
