import { formatMoney, type Money, times } from '../../kernel/money.ts';
import { badFigure, type PlanningProblem } from './problem.ts';
import { type Reason, reason } from './reasons.ts';
import { shareOut } from './shared-limits.ts';

/** A line that competes for a container and a budget. */
export interface LineToLimit {
  readonly sku: string;
  readonly siteId: string;
  readonly units: number;
  readonly unitsPerCase: number;
  readonly minimumUnits: number;
  readonly unitPrice: Money;
  readonly unitWeightGrams: number;
  readonly unitVolumeCubicMillimetres: number;
  /** What one sold unit brings, in the currency of the price. */
  readonly unitMargin: Money;
  /** The probability that the n-th unit of the line is sold before the next order; falls with n. */
  probabilityOfSale(nthUnit: number): number;
}

/** What one order, container or run may not exceed. */
export interface OrderLimits {
  readonly budget?: Money | undefined;
  readonly weightGrams?: number | undefined;
  readonly volumeCubicMillimetres?: number | undefined;
}

type LimitName = 'budget' | 'weight' | 'volume';

/** A line after the limits. */
export interface LimitedLine {
  readonly line: LineToLimit;
  readonly units: number;
  readonly reasons: readonly Reason[];
}

/**
 * The lines within the limits of one order, container or run, by {@link shareOut}. Problems name limits that not even
 * one line fits into.
 */
export function withinLimits(
  lines: readonly LineToLimit[],
  limits: OrderLimits,
): { readonly lines: LimitedLine[]; readonly problems: PlanningProblem[] } {
  const problems: PlanningProblem[] = [];
  const usable = lines.filter((line) => {
    const problem = lineProblem(line, limits);
    if (problem !== undefined) problems.push(problem);
    return problem === undefined;
  });
  const shared = namesOf(limits).map((name) => ({ name, capacity: limitOf(name, limits) ?? 0 }));
  const found = shareOut(
    usable.map((line) => ({
      ...line,
      wanted: line,
      unitMargin: line.unitMargin.amountMinor,
      expectedSold: (units: number) => soldOf(line, units),
      uses: shared.map((limit) => ({ limit, perUnit: useOf(limit.name, line) })),
    })),
  );
  if (found.length > 0 && found.every(({ units }) => units === 0) && found.some(({ line }) => line.units > 0))
    problems.push({
      reason: 'limit-too-small',
      subject: namesOf(limits).join(', '),
      detail: `none of ${found.length} lines fits, not even with its minimum`,
    });
  const names = (cutFor: readonly { readonly name: string }[]) => cutFor.map(({ name }) => name);
  return {
    lines: found.map(({ line, units, cutFor }) => limited(line.wanted, units, names(cutFor))),
    problems,
  };
}

function soldOf({ probabilityOfSale }: LineToLimit, units: number): number {
  let sold = 0;
  for (let unit = 1; unit <= units; unit += 1) sold += probabilityOfSale(unit);
  return sold;
}

const namesOf = (limits: OrderLimits): LimitName[] =>
  (['budget', 'weight', 'volume'] as const).filter((name) => limitOf(name, limits) !== undefined);

function limitOf(name: LimitName, limits: OrderLimits): number | undefined {
  if (name === 'budget') return limits.budget?.amountMinor;
  return name === 'weight' ? limits.weightGrams : limits.volumeCubicMillimetres;
}

function useOf(
  name: LimitName,
  { unitPrice, unitWeightGrams, unitVolumeCubicMillimetres }: LineToLimit,
): number {
  if (name === 'budget') return unitPrice.amountMinor;
  return name === 'weight' ? unitWeightGrams : unitVolumeCubicMillimetres;
}

function lineProblem(line: LineToLimit, limits: OrderLimits): PlanningProblem | undefined {
  const { sku, units, unitsPerCase, minimumUnits, unitWeightGrams, unitVolumeCubicMillimetres } = line;
  const { weightGrams, volumeCubicMillimetres, budget } = limits;
  const figures = {
    units,
    minimumUnits,
    unitWeightGrams,
    unitVolumeCubicMillimetres,
    weightGrams,
    volumeCubicMillimetres,
  };
  const bad = badFigure(sku, figures);
  if (bad !== undefined) return bad;
  if (!(unitsPerCase > 0))
    return { reason: 'bad-figure', subject: sku, detail: 'a case has one unit at least' };
  if (budget !== undefined && budget.currency !== line.unitPrice.currency) {
    const detail = `the price is in ${line.unitPrice.currency}, the budget in ${budget.currency}`;
    return { reason: 'other-currency', subject: sku, detail };
  }
  return undefined;
}

function limited(line: LineToLimit, units: number, cutFor: readonly string[]): LimitedLine {
  if (units === line.units) return { line, units, reasons: [] };
  const paid = formatMoney(times(line.unitPrice, units));
  const formula = `${line.units} wanted, ${line.units - units} cut for the ${cutFor.join(' and ')}; ${paid} of it remains`;
  return { line, units, reasons: [reason('limit', units, 'units', formula)] };
}
