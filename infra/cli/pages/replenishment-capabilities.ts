/** One row: capabilities by their usual names, their files, the tests that show them, and pages about them. */
export interface Capability {
  readonly names: readonly string[];
  /** The working part of the capability, if only a part works. */
  readonly part?: string;
  readonly where: readonly string[];
  readonly tests: readonly string[];
  readonly pages?: readonly string[];
}

/** The working capabilities of replenishment. */
export const replenishmentCapabilities: readonly Capability[] = [
  {
    names: ['procurement-automation', 'supplier-scorecard', 'alternate-supplier', 'inbound-first-leg'],
    part: 'proposed by the daily run or a person; suppliers come in by API and CSV',
    where: ['shared/replenishment/purchasing', 'shared/replenishment/inbound', 'functions/replenishment'],
    tests: [
      'test/unit/replenishment/order-state.test.ts',
      'test/unit/replenishment/place-proposals.test.ts',
      'test/unit/replenishment/suppliers.test.ts',
      'test/unit/replenishment/sending.test.ts',
      'test/unit/replenishment/inbound.test.ts',
      'test/component/stores/supplier-imports.test.ts',
      'test/component/runtime/replenishment-orders.test.ts',
    ],
    pages: ['docs/replenishment.md'],
  },
  {
    names: ['stockout-early-warning'],
    part: 'late orders, congested ports, products that run out, and campaigns whose stock is late; no price of material, no capacity of plants',
    where: ['shared/replenishment/inbound/supply-risks.ts'],
    tests: ['test/unit/replenishment/supply-risks.test.ts'],
    pages: ['docs/replenishment.md'],
  },
  {
    names: ['demand-forecast'],
    part: 'by the daily run, for each SKU and warehouse',
    where: ['shared/replenishment/demand', 'shared/replenishment/forecast', 'infra/cli/replenish'],
    tests: [
      'test/unit/replenishment/forecast/forecast-series.test.ts',
      'test/unit/replenishment/forecast/methods/methods.test.ts',
      'test/unit/replenishment/demand/demand-queries.test.ts',
    ],
    pages: ['docs/replenishment.md'],
  },
  {
    names: ['forecast-signal-intake', 'campaign-calendar', 'promo-aware-replenishment'],
    part: 'signals come in by API and CSV and change the plans of the daily run; prices and capacity do not read the campaigns',
    where: ['shared/replenishment/signals', 'infra/cli/replenish/signals'],
    tests: [
      'test/unit/replenishment/signals/signals.test.ts',
      'test/unit/replenishment/run/signals-in-run.test.ts',
      'test/component/stores/signal-store.test.ts',
      'test/unit/replenishment/signals/campaigns.test.ts',
    ],
    pages: ['docs/replenishment.md'],
  },
  {
    names: ['safety-stock-replenishment'],
    part: 'by the daily run, and not by each change of stock',
    where: ['shared/replenishment/policy'],
    tests: [
      'test/unit/replenishment/policy/safety-stock.test.ts',
      'test/unit/replenishment/policy/propose.test.ts',
      'test/unit/replenishment/policy/position.test.ts',
    ],
    pages: ['docs/replenishment.md'],
  },
  {
    names: ['stock-transfer-optimisation', 'smart-stock-allocation'],
    part: 'between warehouses by the daily run, for one period; hubs feed sites by the guaranteed-service model',
    where: [
      'shared/replenishment/run/hubs',
      'shared/replenishment/run/transfers',
      'shared/replenishment/network',
    ],
    tests: [
      'test/unit/replenishment/run/hubs/hubs-in-run.test.ts',
      'test/unit/replenishment/run/hubs/stages-of-sku.test.ts',
      'test/unit/replenishment/run/transfers-in-run.test.ts',
      'test/unit/replenishment/network/transfers.test.ts',
      'test/unit/replenishment/network/guaranteed-service.test.ts',
      'test/unit/replenishment/network/move-cost.test.ts',
    ],
    pages: ['docs/replenishment.md'],
  },
  {
    names: ['warehouse-capacity-guard'],
    part: 'of inbound: days with too many arrivals are warned of, and nothing is moved by itself',
    where: ['shared/replenishment/inbound/receiving-guard.ts', 'shared/replenishment/policy/receiving.ts'],
    tests: [
      'test/unit/replenishment/receiving-guard.test.ts',
      'test/unit/replenishment/policy/receiving.test.ts',
    ],
    pages: ['docs/replenishment.md'],
  },
  {
    names: ['warehouse-slotting'],
    part: 'moves between zones are proposed; nothing tells the warehouse system of them',
    where: ['shared/replenishment/slotting'],
    tests: ['test/unit/replenishment/slotting/plan-moves.test.ts', 'test/component/stores/slotting.test.ts'],
    pages: ['docs/replenishment.md'],
  },
  {
    names: ['policy-channel-switch', 'near-shoring-sourcing'],
    part: 'compared by the daily run; a person decides',
    where: ['shared/replenishment/run/channels', 'shared/replenishment/network/channel'],
    tests: [
      'test/component/replenishment/channels.test.ts',
      'test/unit/replenishment/network/channel/channel.test.ts',
    ],
    pages: ['docs/replenishment.md'],
  },
];
