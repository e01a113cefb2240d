import type { LakeReport } from './lake/lake-report.ts';

/**
 * THE REGISTRY of the reports that ask the lake: to add one, add one line to this object. A report is loaded when it is
 * asked for: who makes or answers one needs no other.
 */
const loaders: Readonly<Record<string, () => Promise<LakeReport>>> = {
  // orders, units and money by day, market, storefront, SKU and currency
  sales: async () => (await import('./sales/sales.ts')).sales,
  // goods, freight, duty, tax and fees by destination and scheme
  'landed-cost': async () => (await import('./landed-cost/landed-cost.ts')).landedCost,
  // the trial balance, debts, open items and counterparties
  ledger: async () => (await import('./ledger/ledger.ts')).ledger,
  // what part of the tries to pay succeeds, by market, method and provider
  payments: async () => (await import('./payments/payments.ts')).payments,
  // views, carts, quotes, orders, paid and delivered by minute, hour, day, market and storefront
  funnel: async () => (await import('./funnel/funnel.ts')).funnel,
  // turnover, cover, age, dead stock and value by warehouse and SKU
  'inventory-health': async () => (await import('./inventory-health/inventory-health.ts')).inventoryHealth,
  // markets and SKUs that fall behind
  regions: async () => (await import('./regions/regions.ts')).regions,
  // launch, growth, mature or decline of each SKU
  'life-cycle': async () => (await import('./life-cycle.ts')).lifeCycle,
  // promises kept, times and exceptions by lane and carrier
  service: async () => (await import('./service/service.ts')).service,
  // duty and tax that became owed, by authority and scheme
  tax: async () => (await import('./tax/tax.ts')).tax,
  // what customers have spent since their first order, and what it cost to win them
  cohorts: async () => (await import('./cohorts/cohorts.ts')).cohorts,
  // grams of CO2 equivalent by market, lane and mode
  carbon: async () => (await import('./carbon/carbon.ts')).carbon,
  // what sells and grows, without cells that rest on few buyers
  'market-trends': async () => (await import('./market-trends/market-trends.ts')).marketTrends,
  // contribution and margin by SKU and market, and at another price
  'unit-economics': async () => (await import('./unit-economics/unit-economics.ts')).unitEconomics,
  // what AWS bills for the backend, and for a delivered order
  'backend-bill': async () => (await import('./backend-bill/backend-bill.ts')).backendBill,
};

/** The names of all reports of the lake, in their order. */
export const lakeReportNames: readonly string[] = Object.keys(loaders);

/** The report of that name; undefined if there is none. */
export async function lakeReportNamed(name: string): Promise<LakeReport | undefined> {
  return Object.hasOwn(loaders, name) ? loaders[name]?.() : undefined;
}

/** All reports of the lake, in the order of the registry. */
export const loadLakeReports = (): Promise<readonly LakeReport[]> =>
  Promise.all(Object.values(loaders).map((load) => load()));
