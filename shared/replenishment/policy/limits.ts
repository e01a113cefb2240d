import { formatMoney, type Money, times } from '../../kernel/money.ts';
import { badFigure, type PlanningProblem } from './problem.ts';
import { type Reason, reason } from './reasons.ts';

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

interface State {
  readonly line: LineToLimit;
  units: number;
  readonly cutFor: Set<LimitName>;
}

/**
 * The lines within the limits. While a limit is exceeded, the case, or the line at its minimum, that is worth least for
 * what it uses is cut: its expected margin by its shares of the exceeded limits (the rule of Y. Toyoda, "A Simplified
 * Algorithm for Obtaining Approximate Solutions to Zero-One Programming Problems", Management Science 21(12), 1975). A
 * line that comes below its minimum goes whole. Then cases that still fit come back, the most valuable first. A
 * heuristic: with one limit and cases of one size it is exact. Problems name limits that not even one line fits into.
 */
export function withinLimits(
  lines: readonly LineToLimit[],
  limits: OrderLimits,
): { readonly lines: LimitedLine[]; readonly problems: PlanningProblem[] } {
  const problems: PlanningProblem[] = [];
  const states: State[] = [];
  for (const line of lines) {
    const problem = lineProblem(line, limits);
    if (problem === undefined) states.push({ line, units: line.units, cutFor: new Set() });
    else problems.push(problem);
  }
  const room = roomOf(states, limits);
  for (let exceeded = exceededIn(room); exceeded.length > 0; exceeded = exceededIn(room)) {
    const least = leastWorth(states, exceeded, limits);
    if (least === undefined) break;
    cut(least, exceeded, room);
  }
  giveBack(states, room, limits);
  if (
    states.length > 0 &&
    states.every(({ units }) => units === 0) &&
    states.some(({ line }) => line.units > 0)
  )
    problems.push({
      reason: 'limit-too-small',
      subject: namesOf(limits).join(', '),
      detail: `none of ${states.length} lines fits, not even with its minimum`,
    });
  return { lines: states.map(limited), problems };
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

/** What is left of each limit; below zero where it is exceeded. */
type Room = Map<LimitName, number>;

function roomOf(states: readonly State[], limits: OrderLimits): Room {
  return new Map(
    namesOf(limits).map((name) => {
      const used = states.reduce((sum, { line, units }) => sum + useOf(name, line) * units, 0);
      return [name, (limitOf(name, limits) ?? 0) - used];
    }),
  );
}

const exceededIn = (room: Room): LimitName[] => [...room].flatMap(([name, left]) => (left < 0 ? [name] : []));

function setUnits(state: State, units: number, room: Room): void {
  for (const [name, left] of room) room.set(name, left + useOf(name, state.line) * (state.units - units));
  state.units = units;
}

/** The expected margin of the units between two quantities of a line, for each part of the limits that they use. */
function worthOf(
  line: LineToLimit,
  [from, to]: readonly [number, number],
  names: readonly LimitName[],
  limits: OrderLimits,
): number {
  let sold = 0;
  for (let unit = from + 1; unit <= to; unit += 1) sold += line.probabilityOfSale(unit);
  const shares = names.reduce(
    (sum, name) => sum + (useOf(name, line) * (to - from)) / Math.max(1, limitOf(name, limits) ?? 1),
    0,
  );
  return shares === 0 ? Number.POSITIVE_INFINITY : (line.unitMargin.amountMinor * sold) / shares;
}

/** What is left of a line after one cut: a case less, or nothing below its minimum. */
function afterCut({ line, units }: State): number {
  const left = units - Math.min(units, line.unitsPerCase);
  return left < line.minimumUnits ? 0 : left;
}

function leastWorth(
  states: readonly State[],
  names: readonly LimitName[],
  limits: OrderLimits,
): State | undefined {
  let least: { readonly state: State; readonly worth: number } | undefined;
  for (const state of states) {
    if (state.units === 0 || names.every((name) => useOf(name, state.line) === 0)) continue;
    const worth = worthOf(state.line, [afterCut(state), state.units], names, limits);
    if (least === undefined || worth < least.worth) least = { state, worth };
  }
  return least?.state;
}

function cut(state: State, names: readonly LimitName[], room: Room): void {
  for (const name of names) state.cutFor.add(name);
  setUnits(state, afterCut(state), room);
}

function giveBack(states: readonly State[], room: Room, limits: OrderLimits): void {
  const names = namesOf(limits);
  for (;;) {
    let best: { readonly state: State; readonly units: number; readonly worth: number } | undefined;
    for (const state of states) {
      const units = nextStep(state);
      if (units === state.units || !fits(state, units, room)) continue;
      const worth = worthOf(state.line, [state.units, units], names, limits);
      if (best === undefined || worth > best.worth) best = { state, units, worth };
    }
    if (best === undefined) return;
    setUnits(best.state, best.units, room);
  }
}

const fits = ({ line, units }: State, wanted: number, room: Room): boolean =>
  [...room].every(([name, left]) => useOf(name, line) * (wanted - units) <= left);

const nextStep = ({ line, units }: State): number =>
  Math.min(
    line.units,
    units === 0 ? Math.max(line.minimumUnits, line.unitsPerCase) : units + line.unitsPerCase,
  );

function limited({ line, units, cutFor }: State): LimitedLine {
  if (units === line.units) return { line, units, reasons: [] };
  const named = [...cutFor].join(' and ');
  const paid = formatMoney(times(line.unitPrice, units));
  const formula = `${line.units} wanted, ${line.units - units} cut for the ${named}; ${paid} of it remains`;
  return { line, units, reasons: [reason('limit', units, 'units', formula)] };
}
