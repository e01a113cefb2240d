import fc from 'fast-check';
import type { Offer, PlanProblem } from '../../shared/planning/index.ts';
import { type MadeUp, problemOf } from './plan-problem.ts';

const THRESHOLD = 150_00;

/** How far the bounds are below the true costs. Bounds of real costs are below the true costs too. */
export interface Closeness {
  /** A bound as a share of the true cost, in per mille. */
  readonly costPerMille: number;
  /** Whether the search knows bounds by lane and by value band. If not, it knows only the least cost. */
  readonly isInformed: boolean;
}

const TRUE: Closeness = { costPerMille: 1000, isInformed: true };

/** The invented problem, with all bounds that a search can receive. */
export function planSearchProblem(
  given: MadeUp,
  { costPerMille, isInformed }: Closeness = TRUE,
): PlanProblem<Offer> {
  const problem = problemOf(given);
  const value = (lines: readonly number[]) =>
    lines.reduce((all, line) => all + (given.lines[line]?.value ?? 0), 0);
  const lower = (figure: number) => Math.floor((figure * costPerMille) / 1000);
  const min: PlanProblem<Offer>['min'] = (warehouse, lines) => {
    const { costMinor, latestMs, carbonGrams } = problem.min(warehouse, lines);
    return { costMinor: lower(costMinor), latestMs, carbonGrams: lower(carbonGrams) };
  };
  if (!isInformed) return { ...problem, min };
  return {
    ...problem,
    min,
    // A plan falls into one of the bands. The cost of the lane in the cheaper band is therefore a lower bound.
    minByLane: (warehouse, lines, together) => {
      const [low, high] = [lines, [...lines, ...over(given)]].map((all) =>
        problem.offers(warehouse, lines, all),
      );
      const sure = together === undefined ? undefined : problem.offers(warehouse, lines, together);
      return (low ?? []).map((offer, lane) => {
        const costMinor = sure?.[lane]?.costMinor ?? Math.min(offer.costMinor, high?.[lane]?.costMinor ?? 0);
        return { ...offer, costMinor: lower(costMinor), carbonGrams: lower(offer.carbonGrams) };
      });
    },
    bandOf: (_country, together) => (value(together) <= THRESHOLD ? 0 : 1),
  };
}

/** Enough additional lines to exceed the threshold by far, whatever other lines there are. */
function over({ lines }: MadeUp): number[] {
  const mostExpensive = lines.reduce(
    (best, { value }, line) => (value > (lines[best]?.value ?? 0) ? line : best),
    0,
  );
  const times = Math.ceil((THRESHOLD + 1) / Math.max(1, lines[mostExpensive]?.value ?? 1));
  return Array.from({ length: times }, () => mostExpensive);
}

/** Networks and baskets for brute force: few lines, every kind of lane, and lines that some warehouses lack. */
export const madeUpNetwork = ({
  lines,
  warehouses,
}: {
  lines: number;
  warehouses: number;
}): fc.Arbitrary<MadeUp> =>
  fc.integer({ min: 1, max: lines }).chain((count) =>
    fc.record({
      lines: fc.array(
        fc.record({
          value: fc.integer({ min: 1_00, max: 120_00 }),
          grams: fc.integer({ min: 50, max: 2_000 }),
          quantity: fc.constant(1),
        }),
        { minLength: count, maxLength: count },
      ),
      warehouses: fc.array(
        fc.record({
          country: fc.constantFrom('DE', 'CN', 'GB'),
          stock: fc.array(fc.constantFrom(0, 1, 1, 1), { minLength: count, maxLength: count }),
          lanes: fc.array(
            fc.record({
              service: fc.constantFrom('economy', 'standard', 'express'),
              // There are few different prices and days, so that several plans are equally good.
              base: fc.oneof(fc.integer({ min: 1_00, max: 12_00 }), fc.constantFrom(3_00, 4_00)),
              perHalfKilogram: fc.oneof(fc.integer({ min: 20, max: 4_00 }), fc.constant(1_00)),
              days: fc.integer({ min: 1, max: 9 }),
              carbonPerKilogram: fc.oneof(fc.integer({ min: 50, max: 9_000 }), fc.constant(1_000)),
            }),
            { minLength: 1, maxLength: 2 },
          ),
        }),
        { minLength: 1, maxLength: warehouses },
      ),
      duty: fc
        .record({ CN: fc.constantFrom(0, 4, 12), GB: fc.constantFrom(0, 3) })
        .map((duty) => ({ ...duty })),
    }),
  );

/**
 * A network whose costs are almost equal, and in which a warehouse has nine of ten lines. Such plans are the hardest to
 * distinguish. The first warehouse has everything. The same seed gives the same network.
 */
export function nearEqualNetwork(size: {
  readonly seed: number;
  readonly lines: number;
  readonly warehouses: number;
  readonly countries: number;
  /** The percentage of lines that each warehouse has, instead of that rule. Baskets then have to be split. */
  readonly stockedPercent?: number;
}): MadeUp {
  const random = mulberry(size.seed * 7919 + size.lines * 31 + size.warehouses * 17 + size.countries);
  const between = (min: number, max: number) => min + Math.floor(random() * (max - min + 1));
  return {
    lines: Array.from({ length: size.lines }, () => ({
      value: between(3_00, 60_00),
      grams: between(80, 1_500),
      quantity: 1,
    })),
    warehouses: Array.from({ length: size.warehouses }, (_, index) => ({
      country: COUNTRIES[index % size.countries] ?? 'DE',
      stock: Array.from({ length: size.lines }, (_, line) => {
        if (size.stockedPercent === undefined) return index === 0 || random() < 0.9 ? 1 : 0;
        return line % size.warehouses === index || random() * 100 < size.stockedPercent ? 1 : 0;
      }),
      lanes: (['economy', 'express'] as const).map((service, place) => ({
        service,
        base: between(3_00, 4_50) * (place + 1),
        perHalfKilogram: between(80, 130) * (place + 1),
        days: between(2, 12),
        carbonPerKilogram: between(500, 600) * (place + 1),
      })),
    })),
    duty: { CN: 12, GB: 3, US: 5, JP: 0, KR: 8, TR: 4, CH: 7, CA: 6, AU: 2 },
  };
}

const COUNTRIES = ['DE', 'CN', 'GB', 'US', 'JP', 'KR', 'TR', 'CH', 'CA', 'AU'];

/** The generator Mulberry32: repeatable numbers from 0 to 1. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
