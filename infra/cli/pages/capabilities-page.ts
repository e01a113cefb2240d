import { paymentCapabilities } from './payment-capabilities.ts';
import { type Capability, replenishmentCapabilities } from './replenishment-capabilities.ts';

/** The working capabilities. A test checks that every named file and page exists. */
export const capabilities: readonly Capability[] = [
  {
    names: ['checkout-orchestration', 'order-lifecycle', 'stock-reservation'],
    where: ['shared/order', 'shared/timeline'],
    tests: ['test/end-to-end/journey.test.ts', 'test/component/stores/order-placing.test.ts'],
  },
  {
    names: ['landed-cost-quote', 'de-minimis-rules', 'vat-gst-duty-calculation'],
    where: ['shared/duties', 'shared/quote/plan/listed-prices.ts'],
    tests: [
      'test/unit/duties/published-examples.test.ts',
      'test/unit/duties/published-rules.test.ts',
      'test/unit/duties/regimes/',
      'test/unit/quote/listed-prices.test.ts',
    ],
  },
  {
    names: ['ioss-handling'],
    where: ['shared/duties/regimes/eu.ts', 'shared/ledger', 'shared/reports'],
    tests: ['test/unit/reports/tax-return.test.ts', 'test/end-to-end/tax-return.test.ts'],
    pages: ['docs/tax-returns.md'],
  },
  ...paymentCapabilities,
  ...replenishmentCapabilities,
  {
    names: ['unit-economics-report', 'ltv-cac-report'],
    part: 'without fees of payment providers, storage and packing',
    where: ['shared/reports/unit-economics', 'shared/reports/cohorts', 'shared/catalogue/import-costs.ts'],
    tests: [
      'test/unit/reports/unit-economics.test.ts',
      'test/unit/reports/cohorts.test.ts',
      'test/component/runtime/costs-import.test.ts',
    ],
    pages: ['docs/reports.md'],
  },
  {
    names: ['vat-filing'],
    part: 'figures of what is owed; nothing is filed',
    where: ['shared/reports/tax', 'shared/reports/ledger'],
    tests: ['test/unit/reports/tax.test.ts', 'test/unit/reports/ledger.test.ts'],
    pages: ['docs/reports.md'],
  },
  {
    names: ['market-trend-report'],
    part: 'of one seller: buyers are counted, and not sellers',
    where: ['shared/reports/market-trends'],
    tests: ['test/unit/reports/market-trends.test.ts'],
    pages: ['docs/reports.md'],
  },
  {
    names: ['data-platform'],
    part: 'facts, tables and SQL',
    where: ['shared/lake', 'infra/cli/lake'],
    tests: ['test/end-to-end/lake-tables.test.ts', 'test/component/lake/open-lake.test.ts'],
    pages: ['docs/lake.md'],
  },
  {
    names: ['scheduled-report-jobs', 'merchant-analytics-api'],
    part: 'of the merchant, and of a storefront at its request',
    where: ['shared/reports/run', 'functions/reports'],
    tests: ['test/end-to-end/report-runs.test.ts', 'test/unit/reports/run/make-run.test.ts'],
    pages: ['docs/reports.md'],
  },
  {
    names: ['funnel-realtime'],
    part: 'without reviews; as old as the tables of the lake',
    where: ['shared/reports/funnel', 'shared/visits'],
    tests: ['test/unit/reports/funnel.test.ts', 'test/component/runtime/visits.test.ts'],
    pages: ['docs/reports.md'],
  },
  {
    names: ['inventory-health-report'],
    where: ['shared/reports/inventory-health'],
    tests: ['test/unit/reports/inventory-health.test.ts'],
    pages: ['docs/reports.md'],
  },
  {
    names: ['returns-and-region-insight'],
    part: 'without returns of goods',
    where: ['shared/reports/regions'],
    tests: ['test/unit/reports/regions.test.ts'],
    pages: ['docs/reports.md'],
  },
  {
    names: ['product-lifecycle-report'],
    part: 'of SKUs, not of customers',
    where: ['shared/reports/life-cycle.ts'],
    tests: ['test/unit/reports/life-cycle.test.ts'],
    pages: ['docs/reports.md'],
  },
  {
    names: ['esg-report'],
    part: 'carbon of the plans',
    where: ['shared/reports/carbon'],
    tests: ['test/unit/reports/carbon.test.ts'],
    pages: ['docs/reports.md'],
  },
  {
    names: ['trade-rule-registry'],
    where: ['shared/duties/rule-import', 'infra/cli/rules'],
    tests: ['test/unit/duties/import-rules.test.ts', 'test/component/stores/rule-store.test.ts'],
  },
  {
    names: ['fta-preference'],
    where: ['shared/duties/assess/duty.ts'],
    tests: ['test/unit/duties/preferences.test.ts'],
  },
  {
    names: ['multi-currency-pricing', 'fx-rate-lock'],
    where: ['shared/rates/fx-lock.ts', 'shared/catalogue/price-list.ts'],
    tests: ['test/component/runtime/quoted-rates.test.ts', 'test/end-to-end/catalogue.test.ts'],
  },
  {
    names: ['shipping-option-quote', 'nearest-warehouse-allocation'],
    where: ['shared/planning', 'shared/quote/price-basket.ts', 'shared/quote/plan/score-warehouses.ts'],
    tests: [
      'test/unit/planning/plan-search.test.ts',
      'test/unit/planning/plan-optimum.test.ts',
      'test/unit/quote/score-warehouses.test.ts',
    ],
  },
  {
    names: ['carrier-selection'],
    where: ['shared/catalogue/lanes-in-service.ts', 'shared/catalogue/carrier-health.ts'],
    tests: ['test/unit/catalogue/carrier-health.test.ts', 'test/end-to-end/network.test.ts'],
  },
  {
    names: ['order-carbon-footprint'],
    where: ['shared/freight/carbon.ts', 'shared/freight/emission-factors.ts'],
    tests: ['test/unit/freight/carbon.test.ts'],
  },
  {
    names: ['carrier-rate-cards'],
    where: ['shared/freight/price-parcel.ts', 'shared/shipping/freight-invoices.ts', 'infra/cli/invoices'],
    tests: ['test/unit/freight/price-parcel.test.ts', 'test/unit/shipping/freight-invoices.test.ts'],
  },
  {
    names: ['warehouse-dispatch', 'parcel-tracking-timeline'],
    part: 'of parcels of several cartons',
    where: ['shared/shipping/cartons.ts', 'shared/timeline/pieces.ts'],
    tests: [
      'test/unit/shipping/cartons.test.ts',
      'test/unit/shipping/pieces.test.ts',
      'test/end-to-end/several-cartons.test.ts',
    ],
    pages: ['docs/decisions/016-a-parcel-is-one-journey-of-several-pieces.md'],
  },
  {
    names: ['delivery-promise'],
    where: ['shared/freight/promise-delivery.ts', 'shared/timeline/promise.ts'],
    tests: ['test/unit/freight/promise-delivery.test.ts', 'test/unit/timeline/promise.test.ts'],
  },
  {
    names: ['delivery-slot-booking'],
    where: ['shared/slots', 'shared/quote/quote-slot.ts'],
    tests: ['test/component/stores/delivery-slots.test.ts', 'test/unit/quote/quote-slot.test.ts'],
  },
  {
    names: ['overseas-warehouse-network'],
    where: ['shared/catalogue/warehouse.ts', 'shared/aws/catalogue/network-store.ts'],
    tests: ['test/component/runtime/put-warehouse.test.ts', 'test/end-to-end/network.test.ts'],
  },
  {
    names: ['multi-tier-warehousing'],
    where: ['shared/catalogue/tiers.ts'],
    tests: ['test/unit/catalogue/tiers.test.ts'],
    pages: ['docs/decisions/011-the-network-is-planned-over-as-lanes.md'],
  },
  {
    names: ['global-inventory-visibility'],
    where: ['shared/stock', 'shared/aws/stock/rebuild.ts', 'events/stock.ts'],
    tests: [
      'test/unit/stock/stock-histories.test.ts',
      'test/component/stores/stock-rebuild.test.ts',
      'test/component/stores/stock-changes.test.ts',
    ],
  },
  {
    names: ['elastic-peak-scaling'],
    part: 'stock',
    where: ['shared/aws/stock/taking.ts', 'shared/stock/rebalance-stock.ts'],
    tests: ['test/component/stores/stock-buckets.test.ts'],
    pages: ['docs/flash-sale.md'],
  },
  {
    names: ['prohibited-goods-by-market', 'product-certification-gate'],
    where: ['shared/restrictions', 'shared/quote/sellable-products.ts'],
    tests: ['test/unit/restrictions/', 'test/component/runtime/market-gates.test.ts'],
    pages: ['docs/restricted-goods.md'],
  },
];

/** The page of capabilities. */
export function capabilitiesPage(): string {
  return [
    '# Capabilities',
    '',
    'The working capabilities, each with its files and the test that shows it. `npm run pages` writes this page from `infra/cli/pages/capabilities-page.ts`.',
    '',
    '| capability | where | shown by |',
    '|---|---|---|',
    ...capabilities.map(rowOf),
    '',
  ].join('\n');
}

function rowOf({ names, part, where, tests, pages = [] }: Capability): string {
  const name = [code(names), ...(part === undefined ? [] : [`(${part})`])].join(' ');
  const links = pages.map(
    (page) => `[${page.replace(/^docs\/|\.md$/g, '')}](${page.replace(/^docs\//, '')})`,
  );
  return `| ${name} | ${code(where)} | ${[code(tests), ...links].join(', ')} |`;
}

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');
