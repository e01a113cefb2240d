import { sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import { type Column, textTable } from '../../infra/cli/terminal/text-table.ts';
import {
  type Goal,
  MAX_EXACT_LINES,
  MAX_EXACT_WAREHOUSES,
  searchPlans,
} from '../../shared/planning/index.ts';
import type { PlanSearchOptions } from '../../shared/planning/search-plans.ts';
import { priceBasket } from '../../shared/quote/index.ts';
import { type Closeness, nearEqualNetwork, planSearchProblem } from '../builders/plan-search-problem.ts';
import {
  largeBasket,
  type RealBasket,
  realNetwork,
  realProblem,
  realProducts,
} from '../builders/real-basket.ts';

const LINES = [2, 4, 8, 12, 20, 40, 80];
const WAREHOUSES = [2, 4, 10, 20];
const COUNTRIES = [1, 2, 3, 6, 10];
const SEEDS = [0, 1, 2];

/** Baskets by the real rules: one where a threshold decides, and one where the tax depends on the exact value. */
const DESTINATIONS = ['DE', 'GB', 'CH', 'JP'];

/** All goals of a search. */
const GOALS: readonly Goal[] = [
  { objective: 'cheapest' },
  { objective: 'fastest' },
  { objective: 'greenest' },
  { objective: 'cheapest', service: 'economy' },
  { objective: 'cheapest', service: 'express' },
];
const CHEAPEST = GOALS.slice(0, 1);
const TRUE: Closeness = { costPerMille: 1000, isInformed: true };
/** How far below the true figures the bounds may be. */
const CLOSENESS: readonly (readonly [string, Closeness])[] = [
  ['true', TRUE],
  ['2 % less', { costPerMille: 980, isInformed: true }],
  ['10 % less', { costPerMille: 900, isInformed: true }],
  ['10 % less, not by lane or band', { costPerMille: 900, isInformed: false }],
];

interface Size {
  readonly seed: number;
  readonly lines: number;
  readonly warehouses: number;
  readonly countries: number;
  readonly stockedPercent?: number;
}

interface Run {
  readonly ms: number;
  readonly costed: number;
  readonly exact: boolean;
  readonly costMinor: number | undefined;
}

/**
 * The time of the search and the number of costed consignments, over networks of almost equal costs, which are the
 * hardest: by lines and warehouses; for twelve lines and ten warehouses by the quality of the bounds; and the extra
 * cost of the heuristic's plans over the proved best, where both are known.
 */
export async function benchPlanSearch(print: (text: string) => void): Promise<void> {
  run({ seed: 9, lines: 10, warehouses: 10, countries: 4 }, GOALS);
  print(`Each: milliseconds and consignments costed, the worst of ${SEEDS.length} networks; h: not proved.`);
  print(`\nA quote's five goals, by lines and warehouses in up to six countries\n${bySize()}`);
  print(
    `\n${MAX_EXACT_LINES} lines and ${MAX_EXACT_WAREHOUSES} warehouses by countries, bounds as close as\n${byCloseness()}`,
  );
  print(
    `\nBaskets of the sample catalogue by the rules and rate cards as they are, five goals\n${realBaskets()}`,
  );
  print(`\nThe heuristic against the proved best, cheapest\n${gaps()}`);
  print(`\nA whole quote of a large basket, milliseconds of CPU of the second run\n${largeBaskets()}`);
}

/** By destination and size. Each basket is quoted twice, because the first run also compiles the code. */
function largeBaskets(): string {
  const sizes = [
    ...[12, 40, 80].map((lines) => [lines, lines] as const),
    // The heaviest baskets: many lines of few products, and twelve lines, of which plans are still proved.
    ...([
      [12, 6],
      [80, 40],
    ] as const),
  ].flatMap(([lines, skus]) => [2, 10].map((warehouses) => ({ lines, skus, warehouses })));
  const rows = ['NO', 'CH', 'SG', 'DE', 'AR', 'AU'].map((country) => [
    country,
    ...sizes.map((size) => {
      quoteLarge(country, size);
      return quoteLarge(country, size);
    }),
  ]);
  return textTable(
    [
      { title: 'to', align: 'left' },
      ...sizes.map(({ lines, skus, warehouses }) =>
        right(`${lines}${skus === lines ? '' : ` of ${skus}`}, ${warehouses} whs.`),
      ),
    ],
    rows,
  );
}

/** The CPU time of the quote in milliseconds; `r` where the basket is refused. */
function quoteLarge(
  country: string,
  { lines, skus, warehouses }: { readonly lines: number; readonly skus: number; readonly warehouses: number },
): string {
  const basket = largeBasket(country, lines, warehouses, skus);
  const before = process.cpuUsage();
  const { ok } = priceBasket(basket);
  const { user, system } = process.cpuUsage(before);
  return `${Math.round((user + system) / 1000)}${ok ? '' : ' r'}`;
}

function run(size: Size, goals: readonly Goal[], closeness = TRUE, options: PlanSearchOptions = {}): Run {
  const problem = planSearchProblem(nearEqualNetwork(size), closeness);
  const from = performance.now();
  const { plans, costed, exact } = searchPlans(problem, goals, options);
  return { ms: performance.now() - from, costed, exact, costMinor: plans[0]?.costMinor };
}

function worst(size: Omit<Size, 'seed'>, goals: readonly Goal[], closeness = TRUE): string {
  return worstOf(SEEDS.map((seed) => run({ ...size, seed }, goals, closeness)));
}

function worstOf(runs: readonly Run[]): string {
  const ms = Math.max(...runs.map((each) => each.ms));
  const costed = Math.max(...runs.map((each) => each.costed));
  return `${Math.round(ms)} ms, ${costed}${runs.every(({ exact }) => exact) ? '' : ' h'}`;
}

const right = (title: string): Column => ({ title, align: 'right' });

function bySize(): string {
  const rows = LINES.map((lines) => [
    String(lines),
    ...WAREHOUSES.map((warehouses) =>
      worst({ lines, warehouses, countries: Math.min(6, warehouses) }, GOALS),
    ),
  ]);
  return textTable([right('lines'), ...WAREHOUSES.map((count) => right(`${count} warehouses`))], rows);
}

function byCloseness(): string {
  const [lines, warehouses] = [MAX_EXACT_LINES, MAX_EXACT_WAREHOUSES];
  const rows = CLOSENESS.flatMap(([name, closeness]) =>
    (['cheapest', 'five goals'] as const).map((what) => [
      `${name}, ${what}`,
      ...COUNTRIES.map((countries) =>
        worst({ lines, warehouses, countries }, what === 'cheapest' ? CHEAPEST : GOALS, closeness),
      ),
    ]),
  );
  return textTable(
    [{ title: 'bounds', align: 'left' }, ...COUNTRIES.map((count) => right(`${count} countries`))],
    rows,
  );
}

/** Warehouses of which many cost the same: the hardest plans to distinguish. */
function realBaskets(): string {
  const rows = [4, 8, 12, 20].map((lines) => [
    String(lines),
    ...DESTINATIONS.flatMap((country) => [3, 10].map((warehouses) => realBasket(country, lines, warehouses))),
  ]);
  const titles = DESTINATIONS.flatMap((country) =>
    [3, 10].map((count) => right(`${country}, ${count} whs.`)),
  );
  return textTable([right('lines'), ...titles], rows);
}

function realBasket(country: string, count: number, warehouses: number): string {
  const sellable = realProducts.filter(
    ({ sku }) => planOf(country, [{ sku, quantity: 1 }], [1], 1).costMinor,
  );
  const runs = SEEDS.map((seed): Run => {
    const lines = Array.from({ length: count }, (_, line) => {
      const product = sellable[(line * 7 + seed * 3) % sellable.length];
      return { sku: product?.sku ?? '', quantity: 1 + ((line * seed) % 3) };
    });
    // The first warehouse has all lines. Each of the others has about half of them.
    const stocked = lines.map((_, line) => ((line * 2_654_435_761 + seed * 977) >>> 3) | 1);
    return planOf(country, lines, stocked, warehouses);
  });
  return worstOf(runs);
}

function planOf(country: string, lines: RealBasket['lines'], stocked: readonly number[], count: number): Run {
  const basket = { country, lines, stocked, incoterm: 'DAP' as const, seller: sampleSeller };
  const { problem } = realProblem(basket, realNetwork(count));
  const from = performance.now();
  const { plans, costed, exact } = searchPlans(problem, GOALS);
  return { ms: performance.now() - from, costed, exact, costMinor: plans[0]?.costMinor };
}

/** Solves the same problem exactly and by the heuristic, by changing the sizes at which the heuristic begins. */
function gaps(): string {
  const kinds: readonly (readonly [string, number, number, { readonly stockedPercent?: number }])[] = [
    ['4 to 7 lines', 4, 7, {}],
    ['8 to 12 lines', 8, 12, {}],
    ['4 to 7 lines, scattered stock', 4, 7, { stockedPercent: 40 }],
    ['8 to 12 lines, scattered stock', 8, 12, { stockedPercent: 40 }],
    ['13 and 14 lines, scattered stock', 13, 14, { stockedPercent: 40 }],
  ];
  const percent = (share: number) => `${Math.round(share * 10_000) / 100} %`;
  const rows = kinds.map(([name, min, max, stock]) => {
    const shares = Array.from({ length: 60 }, (_, seed): number[] => {
      const lines = min + (seed % (max - min + 1));
      const size = { seed, lines, warehouses: 2 + (seed % 9), countries: 1 + (seed % 6), ...stock };
      const proved = run(size, CHEAPEST, TRUE, { maxExactLines: max, maxCosted: 200_000 });
      const rough = run(size, CHEAPEST, TRUE, { maxExactLines: 0 });
      if (!proved.exact || proved.costMinor === undefined || rough.costMinor === undefined) return [];
      return [rough.costMinor / proved.costMinor - 1];
    }).flat();
    const mean = shares.reduce((all, share) => all + share, 0) / shares.length;
    const optimal = shares.filter((share) => share < 1e-9).length;
    return [name, `${optimal} of ${shares.length}`, percent(mean), percent(Math.max(...shares))];
  });
  return textTable(
    [{ title: 'baskets', align: 'left' }, right('the best itself'), right('mean gap'), right('most')],
    rows,
  );
}

if (import.meta.main) await benchPlanSearch((text) => console.log(text));
