import { describe, expect, it } from 'vitest';
import { type Offer, type PlanProblem, searchPlans } from '../../../shared/planning/index.ts';

/** The example of `shared/planning/README.md`: a coat of 90.00, boots of 70.00, a scarf of 10.00. */
const VALUES = [90_00, 70_00, 10_00];
/** The threshold. Up to it, goods of one country bear 2.00 a line, and above it 12 % of their value. */
const LIMIT = 150_00;

const warehouses = [
  { country: 'CN', name: 'Shenzhen', has: [0, 2], first: 8_00, line: 2_00, days: 8 },
  { country: 'CN', name: 'Ningbo', has: [1, 2], first: 6_00, line: 2_50, days: 9 },
  { country: 'PL', name: 'Poznan', has: [0, 1], first: 12_00, line: 6_00, days: 2 },
] as const;

const at = (index: number) => {
  const warehouse = warehouses[index];
  if (warehouse === undefined) throw new Error(`there is no warehouse at ${index}`);
  return warehouse;
};
const totalOf = (lines: readonly number[]) => lines.reduce((all, line) => all + (VALUES[line] ?? 0), 0);
const freight = (index: number, lines: readonly number[]) => at(index).first + at(index).line * lines.length;
const twelvePerCent = (lines: readonly number[]) => (totalOf(lines) * 12) / 100;

function due(index: number, lines: readonly number[], together: readonly number[]): number {
  if (at(index).country === 'PL') return 0;
  return totalOf(together) <= LIMIT ? 2_00 * lines.length : twelvePerCent(lines);
}

/** The lower charge of the two sides of the threshold for each line. It is never too high. */
function dueAtLeast(index: number, lines: readonly number[]): number {
  if (at(index).country === 'PL') return 0;
  return lines.reduce((all, line) => all + Math.min(2_00, twelvePerCent([line])), 0);
}

const figures = (index: number, lines: readonly number[], costMinor: number): Offer => ({
  costMinor,
  latestMs: at(index).days * 86_400_000,
  carbonGrams: 100 * lines.length,
  service: 'standard',
});

const problem: PlanProblem<Offer> = {
  lineCount: VALUES.length,
  warehouses,
  canShip: (index, lines) => lines.every((line) => (at(index).has as readonly number[]).includes(line)),
  offers: (index, lines, together) => [
    figures(index, lines, freight(index, lines) + due(index, lines, together)),
  ],
  min: (index, lines) => figures(index, lines, freight(index, lines) + dueAtLeast(index, lines)),
};

describe('the worked example on the page about the plan search', () => {
  it('gains nothing by dividing goods from one country, and proves the best plan', () => {
    const { plans, exact } = searchPlans(problem, [{ objective: 'cheapest' }]);
    expect(exact).toBe(true);
    const [plan] = plans;
    // Boots and scarf from Ningbo: 6.00 + 2 x 2.50 + 2 x 2.00 = 15.00. The coat from Poznan: 12.00 + 6.00 = 18.00.
    expect(
      plan?.shipments.map(({ warehouse, lines }) => [at(warehouse).name, [...lines].toSorted()]),
    ).toEqual([
      ['Ningbo', [1, 2]],
      ['Poznan', [0]],
    ]);
    expect(plan).toMatchObject({ costMinor: 33_00, isProved: true });
  });

  it('applies the limit to all goods from the country together', () => {
    // Coat and scarf from Shenzhen, boots from Ningbo: 12.00 + 8.50 of freight, and 12 % of 170.00 = 20.40.
    const together = [0, 1, 2];
    const [shenzhen] = problem.offers(0, [0, 2], together);
    const [ningbo] = problem.offers(1, [1], together);
    expect((shenzhen?.costMinor ?? 0) + (ningbo?.costMinor ?? 0)).toBe(40_90);
    // If each warehouse were counted separately, the goods would be below the threshold: 12.00 + 8.50 + 3 x 2.00.
    expect(freight(0, [0, 2]) + freight(1, [1]) + due(0, [0, 2], [0, 2]) + due(1, [1], [1])).toBe(26_50);
  });
});
