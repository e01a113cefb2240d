import { replenishmentOf, warehouseSchema } from '../../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import { money } from '../../../../shared/kernel/money.ts';
import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';
import { type LimitedNeeds, limitNeeds } from '../../../../shared/replenishment/run/limits/limit-needs.ts';
import { proposedNeedOf } from '../../../../shared/replenishment/run/plan-batch.ts';
import { planSites } from '../../../../shared/replenishment/run/plan-sites.ts';
import { sampleWarehouses } from '../../sample-shop/network.ts';
import { planExample } from './plan-example.ts';
import { BUDGET, DAY, ELSEWHERE, IDLE_UNITS, LANE, NOW, product, SITE, supplier, terms } from './terms.ts';

/** The plan with stock in another warehouse, and what a budget leaves of it. */
export interface LimitsExample {
  readonly plan: SkuPlan;
  readonly limited: LimitedNeeds;
}

/** The product planned again: units that nobody buys lie in China, and a week has a budget. */
export async function limitsExample(): Promise<LimitsExample> {
  const { history } = planExample();
  const warehouses = sampleWarehouses.map((each) => warehouseSchema.parse(each));
  const convert = (amount: { readonly amountMinor: number }) => money(amount.amountMinor, 'EUR');
  const { sites } = await planSites(
    {
      clock: () => new Date(NOW),
      settings: async () => replenishmentOf({ replenishment: { ...terms, transferLanes: [LANE] } }),
      suppliers: async () => [supplier],
      outcomesOf: async () => [],
      rates: { current: async () => undefined },
      unitsInYear: async () => new Map(),
      atSites: async (places) =>
        places.map(({ warehouseId }) => ({
          stock: {
            ...{ available: warehouseId === ELSEWHERE ? IDLE_UNITS : 0, reserved: 0 },
            ...{ quarantined: 0, inTransit: 0 },
          },
          ...{ open: [], leaving: 0 },
        })),
      sites: async () => [SITE, ELSEWHERE],
      warehouses: async () => warehouses,
      signals: { endingFrom: async () => [] },
      moves: {
        products: async () => [product],
        pricing: async () => ({ date: DAY, rules: builtinRuleBook, seller: {}, convert }),
        solver: () => Promise.reject(new Error('one source needs no solver')),
      },
    },
    DAY,
    [history],
  );
  const [site] = sites;
  if (site === undefined) throw new Error('the example has a plan');
  const limited = limitNeeds(proposedNeedOf(site), {
    ...{ day: DAY, budget: BUDGET, convert, arrivals: new Map(), stored: new Map() },
    suppliers: new Map([[supplier.supplierId, supplier]]),
    products: new Map([[product.sku, product]]),
    warehouses: new Map(warehouses.map((each) => [each.warehouseId, each])),
  });
  return { plan: site.plan, limited };
}
