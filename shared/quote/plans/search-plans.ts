import { CostedOffers, type Measure } from './costed-offers.ts';
import { Bounds, exactPlan, type Planned } from './exact-plan.ts';
import { groupedProblem, groupLines } from './group-lines.ts';
import { improvePlan } from './improve-plan.ts';
import type { FoundPlan, FoundShipment, Goal, Offer, PlanProblem } from './plan-problem.ts';

/** Up to here every plan is compared. */
export const MOST_EXACT_LINES = 12;
export const MOST_EXACT_WAREHOUSES = 10;

/** Consignments that are costed at most: a quote has to be answered. The larger the basket, the longer each takes. */
export const MOST_COSTED = 20_000;
const MOST_COSTED_BEYOND = 2_000;

export interface PlanSearch<O extends Offer> {
  /** The best plan for each goal; a goal that no plan meets is left out. */
  readonly plans: readonly FoundPlan<O>[];
  /** Whether every plan was compared: if not, a heuristic chose. */
  readonly exact: boolean;
  /** How many consignments were costed. */
  readonly costed: number;
}

/**
 * The best plans of a basket: cheapest, fastest (the last consignment's promise, then cost), greenest (carbon, then
 * cost), each among all services or one. Up to twelve lines and ten warehouses the optimum is proved; beyond, lines
 * that the same warehouses have are planned together, and single lines are moved for as long as that helps.
 */
export function searchPlans<O extends Offer>(
  problem: PlanProblem<O>,
  goals: readonly Goal[],
  most?: number,
): PlanSearch<O> {
  const able = usableWarehouses(problem);
  const isSmall = problem.lineCount <= MOST_EXACT_LINES && able.length <= MOST_EXACT_WAREHOUSES;
  const mostCosted = most ?? (isSmall ? MOST_COSTED : MOST_COSTED_BEYOND);
  const offers = new CostedOffers(problem, mostCosted);
  const search = isSmall
    ? exactSearch(problem, offers, able)
    : heuristicSearch(problem, offers, able, mostCosted);
  let exact = isSmall;
  const plans = goals.flatMap((goal) => {
    const found = reach(goal, search.best);
    if (found === undefined) return [];
    exact &&= found.isProved;
    return [asFound(goal, found.shipments)];
  });
  return { plans, exact, costed: offers.count + search.alsoCosted() };
}

interface Search<O extends Offer> {
  readonly best: (measure: Measure) => Planned<O> | undefined;
  readonly alsoCosted: () => number;
}

function exactSearch<O extends Offer>(
  problem: PlanProblem<O>,
  offers: CostedOffers<O>,
  able: readonly number[],
): Search<O> {
  const bounds = new Bounds(problem);
  const best = (measure: Measure) => {
    const found = exactPlan(problem, offers, able, measure, bounds);
    if (found !== undefined || offers.mayGoOn()) return found;
    // Stopped before any plan was whole: some plan is better than none.
    const first = firstAssignment(problem, able);
    const some = first === undefined ? undefined : improvePlan(problem, offers, able, measure, first);
    return some === undefined ? undefined : { ...some, isProved: false };
  };
  return { best, alsoCosted: () => 0 };
}

/** Groups of lines are planned as single ones would be; the plan is then improved line by line. */
function heuristicSearch<O extends Offer>(
  problem: PlanProblem<O>,
  offers: CostedOffers<O>,
  able: readonly number[],
  mostCosted: number,
): Search<O> {
  const near = able.length <= MOST_EXACT_WAREHOUSES ? able : cheapestAlone(problem, offers, able);
  const groups = groupLines(problem, near, MOST_EXACT_LINES);
  const grouped = groupedProblem(problem, groups);
  const bounds = new Bounds(grouped);
  const groupOffers = new CostedOffers(grouped, Math.ceil(mostCosted / 2));
  return {
    alsoCosted: () => groupOffers.count,
    best: (measure) => {
      const start =
        groups.length <= MOST_EXACT_LINES
          ? assignmentOf(problem, exactPlan(grouped, groupOffers, near, measure, bounds)?.shipments, groups)
          : undefined;
      const first = start ?? firstAssignment(problem, near);
      // From each warehouse alone as well, so that no plan is dearer than that.
      const starts = [...(first === undefined ? [] : [first]), ...aloneAssignments(problem, able)];
      const found = starts.flatMap((from) => improvePlan(problem, offers, near, measure, from) ?? []);
      const best = found.reduce<(typeof found)[number] | undefined>(
        (least, plan) => (least === undefined || plan.price < least.price ? plan : least),
        undefined,
      );
      return best === undefined ? undefined : { ...best, isProved: false };
    },
  };
}

/** What of a search meets a goal: the fastest is found first by promise alone, then the cheapest that is as fast. */
function reach<O extends Offer>(
  { objective, service }: Goal,
  best: (measure: Measure) => Planned<O> | undefined,
): Planned<O> | undefined {
  const admits = (offer: Offer) => service === undefined || offer.service === service;
  const byCost: Measure = { combined: 'sum', of: ({ costMinor }) => costMinor, admits };
  if (objective === 'cheapest') return best(byCost);
  if (objective === 'greenest') {
    // Carbon first; a gram outweighs any cost.
    const of: Measure['of'] = ({ carbonGrams, costMinor }) => carbonGrams * 1e9 + costMinor;
    return best({ combined: 'sum', of, admits });
  }
  const fastest = best({ combined: 'highest', of: ({ latestMs }) => latestMs, admits });
  if (fastest === undefined) return undefined;
  const inTime = (offer: Offer) => admits(offer) && offer.latestMs <= fastest.price;
  const cheapest = best({ ...byCost, admits: inTime }) ?? fastest;
  return { ...cheapest, isProved: cheapest.isProved && fastest.isProved };
}

/** Warehouses that can send at least one line at all. */
function usableWarehouses<O extends Offer>({ warehouses, lineCount, canShip }: PlanProblem<O>): number[] {
  const lines = Array.from({ length: lineCount }, (_, line) => line);
  return warehouses.flatMap((_, warehouse) =>
    lines.some((line) => canShip(warehouse, [line])) ? [warehouse] : [],
  );
}

/** Of many warehouses those that send the most lines, the cheapest ones first among equals. */
function cheapestAlone<O extends Offer>(
  problem: PlanProblem<O>,
  offers: CostedOffers<O>,
  able: readonly number[],
): number[] {
  const lines = Array.from({ length: problem.lineCount }, (_, line) => line);
  const ranked = able.map((warehouse) => {
    const own = lines.filter((line) => problem.canShip(warehouse, [line]));
    const costs = own.map((line) =>
      Math.min(...offers.of(warehouse, [line], [line]).map(({ costMinor }) => costMinor)),
    );
    const sent = costs.filter((cost) => cost !== Number.POSITIVE_INFINITY);
    return {
      warehouse,
      count: sent.length,
      mean: sent.reduce((all, cost) => all + cost, 0) / (sent.length || 1),
    };
  });
  ranked.sort((a, b) => b.count - a.count || a.mean - b.mean || a.warehouse - b.warehouse);
  return ranked.slice(0, MOST_EXACT_WAREHOUSES).map(({ warehouse }) => warehouse);
}

function assignmentOf<O extends Offer>(
  { lineCount }: PlanProblem<O>,
  shipments: readonly FoundShipment<O>[] | undefined,
  groups: readonly (readonly number[])[],
): number[] | undefined {
  if (shipments === undefined) return undefined;
  const assignment = Array.from({ length: lineCount }, () => -1);
  for (const { warehouse, lines } of shipments)
    for (const group of lines) for (const line of groups[group] ?? []) assignment[line] = warehouse;
  return assignment;
}

/** Every line from one warehouse, for each that has them all. */
function aloneAssignments<O extends Offer>(
  { lineCount, canShip }: PlanProblem<O>,
  able: readonly number[],
): number[][] {
  const lines = Array.from({ length: lineCount }, (_, line) => line);
  return able.filter((warehouse) => canShip(warehouse, lines)).map((warehouse) => lines.map(() => warehouse));
}

/** Each line from the first warehouse that can still send it beside what it has. */
function firstAssignment<O extends Offer>(
  { lineCount, canShip }: PlanProblem<O>,
  able: readonly number[],
): number[] | undefined {
  const taken = new Map<number, number[]>();
  const assignment: number[] = [];
  for (let line = 0; line < lineCount; line += 1) {
    const warehouse = able.find((each) => canShip(each, [...(taken.get(each) ?? []), line]));
    if (warehouse === undefined) return undefined;
    taken.set(warehouse, [...(taken.get(warehouse) ?? []), line]);
    assignment.push(warehouse);
  }
  return assignment;
}

function asFound<O extends Offer>(goal: Goal, shipments: readonly FoundShipment<O>[]): FoundPlan<O> {
  const inOrder = shipments.toSorted((a, b) => a.warehouse - b.warehouse);
  const offers = inOrder.map(({ offer }) => offer);
  return {
    goal,
    shipments: inOrder,
    costMinor: offers.reduce((all, { costMinor }) => all + costMinor, 0),
    latestMs: Math.max(...offers.map(({ latestMs }) => latestMs)),
    carbonGrams: offers.reduce((all, { carbonGrams }) => all + carbonGrams, 0),
  };
}
