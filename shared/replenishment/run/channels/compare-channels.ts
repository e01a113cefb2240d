import type { Product, Warehouse } from '../../../catalogue/index.ts';
import type { Currency } from '../../../kernel/currency.ts';
import { type Money, money } from '../../../kernel/money.ts';
import type { SkuInMarket } from '../../network/channel/channel-cost.ts';
import { chooseChannel } from '../../network/channel/choose-channel.ts';
import type { ImportContext } from '../../network/import-charges.ts';
import { demandOf } from '../forecast-demand.ts';
import { leadTimeOf } from '../lead-time-to-site.ts';
import { distinctProblems, type RunProblem } from '../run-problem.ts';
import type { PlanContext, SiteToPlan } from '../site-to-plan.ts';
import { bestSupplier } from '../supplier-of-site.ts';
import type { Pricing } from '../transfers/lane-cost.ts';
import type { MoveDeps } from '../transfers/plan-moves.ts';
import { outcomeOf, shownWays } from './channel-outcome.ts';
import type { ChannelPlan } from './channel-plan.ts';
import { type MarketDemand, marketDemands } from './market-demand.ts';
import { type Origin, originsOf, originToday } from './origins.ts';
import { type StockedSite, siteToday } from './site-today.ts';
import { type SkuWays, waysTo } from './ways.ts';

type Channels = NonNullable<PlanContext['settings']['channels']>;

interface Compared {
  readonly plans: readonly ChannelPlan[];
  readonly problems: readonly RunProblem[];
}

/**
 * Compares the ways of each SKU to each market that it was sold to: parcels across the border and stock in the market,
 * of each supplier's origin, at the forecast volume and by the law of today and of the days to come. Without `channels`
 * in the settings nothing is compared. What can't be compared is named, and the others are. `sites` has all that sold
 * the SKU, and `idle` those where it may lie besides.
 */
export async function compareChannels(
  deps: Pick<MoveDeps, 'products' | 'pricing'>,
  sites: readonly SiteToPlan[],
  {
    context,
    warehouses,
    idle = [],
  }: {
    readonly context: PlanContext;
    readonly warehouses: readonly Warehouse[];
    readonly idle?: readonly StockedSite[];
  },
): Promise<Compared> {
  const { channels } = context.settings;
  const sold = sites.filter(({ history }) => Object.keys(history.markets).length > 0);
  if (channels === undefined || sold.length === 0) return { plans: [], problems: [] };
  const skus = [...new Set(sold.map(({ history }) => history.sku))];
  const [pricing, stored] = await Promise.all([deps.pricing(context.day), deps.products(skus)]);
  const products = new Map(stored.map((product) => [product.sku, product]));
  const bySku = Map.groupBy(sites, ({ history }) => history.sku);
  const planned = warehouses.filter(({ warehouseId }) => context.sites.has(warehouseId));
  const idleOf = Map.groupBy(idle, ({ history }) => history.sku);
  const found = skus.map((sku) =>
    compareSku(bySku.get(sku) ?? [], products.get(sku), {
      idle: idleOf.get(sku) ?? [],
      ...{ channels, context, pricing, warehouses: planned },
    }),
  );
  return {
    plans: found.flatMap(({ plans }) => plans),
    problems: distinctProblems(found.flatMap(({ problems }) => problems)).slice(0, MAX_PROBLEMS),
  };
}

/** Those of a batch: a run has room for a few of each batch. */
const MAX_PROBLEMS = 10;

interface Around {
  readonly channels: Channels;
  readonly context: PlanContext;
  readonly pricing: Pricing;
  readonly warehouses: readonly Warehouse[];
  /** Where it may lie although nothing of it was sold there. */
  readonly idle: readonly StockedSite[];
}

/** An amount has no rate into the currency of the comparison. */
class NoRate extends Error {}

function compareSku(sites: readonly SiteToPlan[], product: Product | undefined, around: Around): Compared {
  const { channels, warehouses, idle } = around;
  const [sku = ''] = sites.map(({ history }) => history.sku);
  const problems: RunProblem[] = [];
  const byId = new Map(warehouses.map((warehouse) => [warehouse.warehouseId, warehouse]));
  const plans = marketDemands(sites).map((demand): ChannelPlan => {
    const days = channels.volumeDays;
    const units = Math.round(demand.perDay * days);
    const known = { sku, market: demand.market, units, days };
    const not = (why: NonNullable<ChannelPlan['why']>, detail: string): ChannelPlan => ({
      ...{ ...known, outcome: 'not-compared', why, detail },
    });
    if (units < 1) return not('little-demand', `less than one unit is expected in ${days} days`);
    if (product === undefined) return not('no-product', `no product ${sku} is stored: its code is unknown`);
    const at = siteToday(demand, [...sites, ...idle], byId);
    if (at === undefined) return not('no-way', 'no warehouse that is planned has sent it there');
    try {
      const compared = compareMarket(demand, { ...around, sites, product, units, at });
      problems.push(...compared.problems);
      return { ...known, ...compared.plan };
    } catch (error) {
      if (!(error instanceof NoRate)) throw error;
      return not('no-rate', error.message);
    }
  });
  return { plans, problems: [...problems, ...plans.flatMap(problemOf)] };
}

/** What keeps all products from being compared is a problem of the run; little demand is none. */
function problemOf({ sku, market, why, detail = '' }: ChannelPlan): RunProblem[] {
  if (why === undefined || why === 'little-demand') return [];
  return [{ code: 'channel-not-compared', subject: `${sku} ${market}`, detail: `${why}: ${detail}` }];
}

type PlanOfMarket = Omit<ChannelPlan, 'sku' | 'market' | 'units' | 'days'>;

interface Market extends Around {
  readonly sites: readonly SiteToPlan[];
  readonly product: Product;
  readonly units: number;
  /** Where the stock lies that serves the market. */
  readonly at: string;
}

function compareMarket(
  { market }: MarketDemand,
  given: Market,
): { readonly plan: PlanOfMarket; readonly problems: readonly RunProblem[] } {
  const { product, channels, context, pricing, units, at } = given;
  const price = priceOf(product);
  const { currency } = price;
  const supplierToday = supplierAt(given);
  const origins = originsOf(product, { units, currency, supplierToday, context });
  const not = (why: NonNullable<ChannelPlan['why']>, detail: string, more: Partial<PlanOfMarket> = {}) => ({
    ...{ ...more, outcome: 'not-compared' as const, why, detail },
  });
  const country = originToday(product, origins, supplierToday);
  if (country === undefined)
    return { plan: not('no-supplier', `no supplier of ${product.sku} can deliver`), problems: [] };
  const { wayOf, options, problems } = waysTo(market, skuWays(given, origins, currency));
  const current = [...wayOf].filter(([, way]) => way.warehouseId === at && way.originCountry === country);
  const [[, today] = []] = current;
  if (today === undefined) {
    const detail = `the way from ${country} by ${at} has no freight: first leg, or rate card to ${market}`;
    return { plan: not('no-way', detail), problems };
  }
  const sku: SkuInMarket = {
    ...{ sku: product.sku, market, salePrice: price, unitsPerParcel: channels.unitsPerParcel },
    ...{ unitsPerInterval: units, intervalDays: channels.volumeDays },
  };
  const currentOptionId = current.map(([optionId]) => optionId);
  const choice = chooseChannel(options, sku, importContext(pricing, currency), {
    ...{ currentOptionId, margin: channels.marginPercent / 100, horizonDays: channels.horizonDays },
  });
  const shown = shownWays(choice, { wayOf, today, current: new Set(currentOptionId) });
  const { reason, detail } =
    choice.today.notPriced.find(({ optionId }) => current.some(([id]) => id === optionId)) ?? {};
  if (shown.from === undefined)
    return { plan: not('today-not-priced', `${reason}: ${detail}`, shown.plan), problems };
  return { plan: { ...shown.plan, ...outcomeOf(choice, { wayOf, from: shown.from }) }, problems };
}

/** Duty and tax by the law of the day. Throws NoRate where the law asks for a currency without a rate. */
const importContext = (pricing: Pricing, currency: Currency): ImportContext => ({
  ...pricing,
  currency,
  convert: (amount, to) => {
    const converted = pricing.convert(amount, to);
    if (converted === undefined) throw new NoRate(`no rate from ${amount.currency} to ${to} is stored`);
    return converted;
  },
});

/** The base price, without tax. Goods that are given away have their customs value in its place. */
function priceOf({ sku, prices, customsValue }: Product): Money {
  const [base] = prices;
  if (base === undefined) throw new Error(`the product ${sku} has a price`);
  const { amount, currency } = base.amount === 0 && customsValue !== undefined ? customsValue : base;
  return money(amount, currency);
}

/** The supplier that the run would order from for the site where the stock lies. */
function supplierAt({ sites, at, context, product }: Market): string | undefined {
  const site = sites.find(({ history }) => history.warehouseId === at);
  const [first, ...others] = context.suppliersOf(product.sku);
  if (others.length === 0 || site === undefined || typeof site.forecast === 'string')
    return first?.supplierId;
  const demand = demandOf(site.forecast);
  const best = bestSupplier({ sku: product.sku, demand, available: site.stock.available }, context);
  return typeof best === 'string' ? undefined : best.supplier.supplierId;
}

function skuWays(given: Market, origins: readonly Origin[], currency: Currency): SkuWays {
  const { product, warehouses, channels, context, pricing } = given;
  const { day, now, settings } = context;
  return {
    ...{ product, origins, warehouses, channels, day, now, currency },
    holdingRatePerYear: settings.holdingPercentPerYear / 100,
    converted: (amount) => pricing.convert(amount, currency),
    leadDays: ({ supplier, offer }, warehouseId) => {
      const learnt = leadTimeOf(supplier, offer, context, warehouseId);
      return 'reason' in learnt ? offer.leadTimeDays : learnt.meanDays;
    },
  };
}
