import { backendBill } from './backend-bill/backend-bill.ts';
import { carbon } from './carbon/carbon.ts';
import { cohorts } from './cohorts/cohorts.ts';
import { funnel } from './funnel/funnel.ts';
import { inventoryHealth } from './inventory-health/inventory-health.ts';
import type { LakeReport } from './lake/lake-report.ts';
import { landedCost } from './landed-cost/landed-cost.ts';
import { ledger } from './ledger/ledger.ts';
import { lifeCycle } from './life-cycle.ts';
import { marketTrends } from './market-trends/market-trends.ts';
import { payments } from './payments/payments.ts';
import { regions } from './regions/regions.ts';
import { sales } from './sales/sales.ts';
import { service } from './service/service.ts';
import { tax } from './tax/tax.ts';
import { unitEconomics } from './unit-economics/unit-economics.ts';

/** THE REGISTRY of the reports that ask the lake: to add one, add one line to this array. */
export const lakeReports: readonly LakeReport[] = [
  sales, // orders, units and money by day, market, storefront, SKU and currency
  landedCost, // goods, freight, duty, tax and fees by destination and scheme
  ledger, // the trial balance, debts, open items and counterparties
  payments, // what part of the tries to pay succeeds, by market, method and provider
  funnel, // views, carts, quotes, orders, paid and delivered by minute, hour, day, market and storefront
  inventoryHealth, // turnover, cover, age, dead stock and value by warehouse and SKU
  regions, // markets and SKUs that fall behind
  lifeCycle, // launch, growth, mature or decline of each SKU
  service, // promises kept, times and exceptions by lane and carrier
  tax, // duty and tax that became owed, by authority and scheme
  cohorts, // what customers have spent since their first order, and what it cost to win them
  carbon, // grams of CO2 equivalent by market, lane and mode
  marketTrends, // what sells and grows, without cells that rest on few buyers
  unitEconomics, // contribution and margin by SKU and market, and at another price
  backendBill, // what AWS bills for the backend, and for a delivered order
];
