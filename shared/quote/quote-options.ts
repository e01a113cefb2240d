import type { LandedCost } from '../../events/landed-cost.ts';
import { MAX_OPTIONS, type QuoteOption } from './quote.ts';

/** A costed plan, with the goals whose search found it. */
export interface PricedOption {
  readonly landedCost: LandedCost;
  readonly service: string;
  readonly labels?: readonly string[];
  /** Grams of CO2 equivalent, if known for every plan. */
  readonly carbonGrams?: number;
}

/**
 * The options of one answer, in bytes of JSON. A function answers with 6 MB at most and sends each option up to twice;
 * shops need far less. A quote is stored compressed: even the largest option alone takes a quarter of an item.
 */
const MAX_OPTION_BYTES = 350_000;

/**
 * The plans that a quote stores: the chosen one, then the best by each objective, then the cheapest others; at most
 * four. The most expensive are left out if they are too large for one answer; the chosen one always stays.
 */
export function optionsToKeep(
  chosen: LandedCost,
  priced: readonly PricedOption[],
  maxBytes = MAX_OPTION_BYTES,
): QuoteOption[] {
  const candidates = priced.some(({ landedCost }) => landedCost === chosen)
    ? priced
    : [{ landedCost: chosen, service: servicesOf(chosen) }, ...priced];
  const best = bestByObjective(candidates);
  const rank = (option: PricedOption) =>
    option.landedCost === chosen ? 0 : [...best.values()].includes(option) ? 1 : 2;
  const kept = candidates
    .toSorted((a, b) => rank(a) - rank(b) || totalOf(a) - totalOf(b))
    .slice(0, MAX_OPTIONS);
  return fitting(kept, maxBytes).map((option, index) => ({
    optionId: `opt-${index + 1}`,
    labels: [...new Set([...objectivesOf(option, best), option.service, ...(option.labels ?? [])])],
    landedCost: option.landedCost,
  }));
}

const totalOf = ({ landedCost }: PricedOption) => landedCost.totals.total.amount;

const latestOf = ({ landedCost }: PricedOption) =>
  landedCost.consignments
    .map(({ promise }) => promise.latest)
    .sort()
    .at(-1) ?? '';

/** The services of a plan: `standard`, or `express+standard` if its parcels use different ones. */
export const servicesOf = ({ consignments }: LandedCost) =>
  [...new Set(consignments.map(({ service }) => service))].sort().join('+');

type Objective = 'cheapest' | 'fastest' | 'greenest';

/**
 * The best plan by each objective: of two equally fast plans the cheaper one, of two with the same cost the faster one.
 */
function bestByObjective(options: readonly PricedOption[]): ReadonlyMap<Objective, PricedOption> {
  const byCost = (a: PricedOption, b: PricedOption) => totalOf(a) - totalOf(b);
  const byTime = (a: PricedOption, b: PricedOption) => latestOf(a).localeCompare(latestOf(b));
  const byCarbon = (a: PricedOption, b: PricedOption) => (a.carbonGrams ?? 0) - (b.carbonGrams ?? 0);
  const first = (...orders: ((a: PricedOption, b: PricedOption) => number)[]) =>
    options.toSorted((a, b) => orders.reduce((all, order) => all || order(a, b), 0))[0];
  const isCarbonKnown = options.every(({ carbonGrams }) => carbonGrams !== undefined);
  const best = new Map<Objective, PricedOption>();
  // Among equally good plans, the one that the search named.
  const named = (objective: Objective) => options.find(({ labels }) => labels?.includes(objective));
  const cheapest = named('cheapest') ?? first(byCost, byTime);
  const fastest = named('fastest') ?? first(byTime, byCost);
  const greenest = named('greenest') ?? (isCarbonKnown ? first(byCarbon, byCost, byTime) : undefined);
  if (cheapest !== undefined) best.set('cheapest', cheapest);
  if (fastest !== undefined) best.set('fastest', fastest);
  if (greenest !== undefined) best.set('greenest', greenest);
  return best;
}

const objectivesOf = (option: PricedOption, best: ReadonlyMap<Objective, PricedOption>) =>
  [...best].filter(([, winner]) => winner === option).map(([objective]) => objective);

/** Drops the most expensive until the rest fits; the first, chosen one always stays. */
function fitting(options: readonly PricedOption[], maxBytes: number): PricedOption[] {
  const bytes = ({ landedCost }: PricedOption) => Buffer.byteLength(JSON.stringify(landedCost));
  const kept = [...options];
  while (kept.length > 1 && kept.reduce((all, option) => all + bytes(option), 0) > maxBytes) {
    const mostExpensive = kept.slice(1).reduce((a, b) => (totalOf(b) >= totalOf(a) ? b : a));
    kept.splice(kept.indexOf(mostExpensive), 1);
  }
  return kept;
}
