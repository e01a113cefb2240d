import type { Currency } from '../../kernel/currency.ts';
import type { DemandOverDays } from '../policy/demand-over-days.ts';

/** One site of a SKU: what it has, keeps and expects to sell until it is filled again. */
export interface SkuSiteStock {
  readonly siteId: string;
  /** Whole units that are there or arrive in time, with inbound units of a hub that are to be split. */
  readonly stock: number;
  /** Units that are not given to another site. */
  readonly safetyStock: number;
  readonly demand: DemandOverDays;
  /** What one sold unit is worth, in minor units of the network's currency. */
  readonly unitMarginMinor: number;
}

/** A way for a SKU from one site to another. */
export interface TransferLane {
  readonly from: string;
  readonly to: string;
  /** The landed cost of one unit, in minor units of the network's currency. Not whole: a share of a load's cost. */
  readonly unitCostMinor: number;
  /** The most units of one plan; without limit if absent. */
  readonly maxUnits?: number | undefined;
}

/** A SKU with its sites and lanes. */
export interface SkuNetwork {
  readonly sku: string;
  readonly currency: Currency;
  readonly sites: readonly SkuSiteStock[];
  readonly lanes: readonly TransferLane[];
  /** What one unit takes of the limits that SKUs share, such as its litres. */
  readonly loadPerUnit: number;
}

/** Units of a site that are sold with about the same probability. */
export interface Segment {
  readonly units: number;
  /** What each of them is worth, expected, in minor units. */
  readonly worth: number;
}

/** The forecast's quantiles between which a segment lies. */
const LEVELS = [0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.995] as const;

/**
 * What the units of a site are worth, the first ones most: the expected sales are concave in the stock, and units
 * between the quantiles p and q of the demand are sold with a probability between 1 - p and 1 - q. Their middle times
 * the margin, to a thousandth of a minor unit. A demand that is larger at every quantile makes every unit worth the
 * same or more.
 */
export function segmentsOf({
  demand,
  unitMarginMinor,
}: Pick<SkuSiteStock, 'demand' | 'unitMarginMinor'>): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const [index, level] of LEVELS.entries()) {
    const next = LEVELS[index + 1];
    if (next === undefined) break;
    const until = Math.max(from, Math.round(demand.quantile(next)));
    const worth = Math.round(1000 * unitMarginMinor * (1 - (level + next) / 2)) / 1000;
    if (until > from) segments.push({ units: until - from, worth });
    from = until;
  }
  return segments;
}

/** The units that a site can give: whole ones above its safety stock. */
export function surplusOf({ stock, safetyStock }: SkuSiteStock): number {
  return Math.max(0, Math.floor(stock - Math.max(0, safetyStock) + 1e-9));
}

/** What is wrong with a network, by name; undefined if it can be planned. */
export function networkProblem({ sites, lanes, loadPerUnit }: SkuNetwork): string | undefined {
  const ids = new Set(sites.map(({ siteId }) => siteId));
  if (ids.size < sites.length) return 'a site is listed twice';
  const figures = [
    loadPerUnit,
    ...sites.flatMap(({ safetyStock, unitMarginMinor, demand }) => [
      safetyStock,
      unitMarginMinor,
      demand.mean,
      demand.standardDeviation,
    ]),
    ...lanes.flatMap(({ unitCostMinor, maxUnits = 0 }) => [unitCostMinor, maxUnits]),
  ];
  if (figures.some((figure) => !(Number.isFinite(figure) && figure >= 0)))
    return 'a figure is not a number of at least zero';
  if (sites.some(({ stock }) => !Number.isSafeInteger(stock) || stock < 0))
    return 'stock is whole units, none at least';
  const odd = lanes.find(({ from, to }) => from === to || !ids.has(from) || !ids.has(to));
  return odd === undefined
    ? undefined
    : `no lane leads from ${odd.from} to ${odd.to}: a site is missing or the same`;
}
