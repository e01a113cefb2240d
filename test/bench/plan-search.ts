import { type Column, textTable } from '../../infra/replay/text-table.ts';
import { MOST_EXACT_LINES, MOST_EXACT_WAREHOUSES, searchPlans } from '../../shared/quote/plans/index.ts';
import { type MadeUp, problemOf } from '../builders/plan-problem.ts';

const LINES = [2, 4, 8, 12, 20, 40, 80];
const WAREHOUSES = [2, 4, 10, 20];
const CHEAPEST = [{ objective: 'cheapest' }] as const;
const SEEDS = 5;

const columns: Column[] = [
  { title: 'lines', align: 'right' },
  ...WAREHOUSES.map((count): Column => ({ title: `${count} warehouses`, align: 'right' })),
];

/**
 * Time of the search and consignments that it costed, by lines and warehouses, the worst of some made-up networks;
 * then how much dearer the heuristic's plans are than the optimum where both can be had.
 */
export async function benchPlanSearch(print: (text: string) => void): Promise<void> {
  const cell = (lines: number, warehouses: number) => {
    const runs = Array.from({ length: SEEDS }, (_, seed) => timed(network(seed, lines, warehouses)));
    const worst = runs.reduce((a, b) => (b.ms > a.ms ? b : a));
    return `${Math.round(worst.ms)} ms, ${worst.costed}${worst.exact ? '' : ' h'}`;
  };
  const rows = LINES.map((lines) => [String(lines), ...WAREHOUSES.map((count) => cell(lines, count))]);
  print(
    `Plan search, cheapest: milliseconds, consignments costed; h: heuristic (beyond ${MOST_EXACT_LINES} lines or ${MOST_EXACT_WAREHOUSES} warehouses)\n${textTable(columns, rows)}`,
  );
  print(gapText());
}

function timed(given: MadeUp): { ms: number; costed: number; exact: boolean; costMinor: number } {
  const from = performance.now();
  const { plans, costed, exact } = searchPlans(problemOf(given), CHEAPEST);
  return { ms: performance.now() - from, costed, exact, costMinor: plans[0]?.costMinor ?? 0 };
}

/** The heuristic is made to run on small problems by dummy warehouses that send nothing but take the count over ten. */
function gapText(): string {
  const gaps: number[] = [];
  for (let seed = 0; seed < 60; seed += 1) {
    const given = network(seed, 6 + (seed % 7), 3 + (seed % 6));
    const exact = timed(given);
    const heuristic = timed({ ...given, warehouses: [...given.warehouses, ...doubles(given)] });
    if (exact.exact && !heuristic.exact) gaps.push(heuristic.costMinor / exact.costMinor - 1);
  }
  const percent = (share: number) => `${Math.round(share * 10_000) / 100} %`;
  const mean = gaps.reduce((all, gap) => all + gap, 0) / gaps.length;
  const best = gaps.filter((gap) => gap < 1e-9).length;
  return `Heuristic against the optimum over ${gaps.length} baskets: the optimum itself in ${best}, dearer by ${percent(mean)} on average, by ${percent(Math.max(...gaps))} at most`;
}

/** Warehouses like those that are there, and dearer: the optimum stays what it was. */
function doubles({ warehouses }: MadeUp): MadeUp['warehouses'] {
  return Array.from({ length: MOST_EXACT_WAREHOUSES }, (_, index) => {
    const like = warehouses[index % warehouses.length];
    if (like === undefined) throw new Error('a network has warehouses');
    return { ...like, lanes: like.lanes.map((lane) => ({ ...lane, base: lane.base + 5_00 })) };
  });
}

/** A network with near-equal costs, where nine in ten lines are everywhere: what is hardest to tell apart. */
function network(seed: number, lines: number, warehouses: number): MadeUp {
  const random = mulberry(seed * 7919 + lines * 31 + warehouses);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return {
    lines: Array.from({ length: lines }, () => ({
      value: between(3_00, 60_00),
      grams: between(80, 1_500),
      quantity: 1,
    })),
    warehouses: Array.from({ length: warehouses }, (_, index) => ({
      country: ['DE', 'CN', 'GB', 'PL', 'US', 'JP'][index % 6] ?? 'DE',
      stock: Array.from({ length: lines }, () => (index === 0 || random() < 0.9 ? 1 : 0)),
      lanes: (['economy', 'express'] as const).map((service, place) => ({
        service,
        base: between(3_00, 4_50) * (place + 1),
        perHalfKilogram: between(80, 130) * (place + 1),
        days: between(2, 12),
        carbonPerKilogram: between(100, 5_000),
      })),
    })),
    duty: { CN: 12, GB: 3, US: 5, JP: 0 },
  };
}

/** Mulberry32: repeatable numbers from 0 to 1. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
