import type { Schema } from '../api/client.ts';

type Plan = Schema<'SkuPlan'>;

export interface ProjectedDay {
  readonly day: string;
  /** What should be on the shelf at the end of the day. */
  readonly expected: number;
  /** The same with the safety stock used up: as little as the service level reckons with. */
  readonly low: number;
}

/** The days that a chart looks ahead at least and at most. */
const MIN_DAYS = 28;
const MAX_DAYS = 180;

const dayMs = 86_400_000;
const later = (day: string, days: number) =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
const between = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** A figure of the plan that is no money; undefined if the run did not get that far. */
export function figureOf({ reasons }: Pick<Plan, 'reasons'>, code: string): number | undefined {
  const found = reasons.find((reason) => reason.code === code)?.figure;
  return typeof found === 'number' ? found : undefined;
}

/**
 * The stock that a plan leads to, day by day from the day of the run: what can be sold, less the forecast of a day, and
 * with open units at the next arrival and the proposed ones when they are expected. The low side lies below by the
 * safety stock times the root of the part of the days at risk that has passed, because the deviations of days add up
 * as squares; at the end of those days it is below by the safety stock itself. Empty without forecast or stock.
 */
export function projectionOf(plan: Plan, from: string): readonly ProjectedDay[] {
  const { stock, forecast, nextArrivalOn, expectedOn, units = 0 } = plan;
  if (stock === undefined || forecast === undefined) return [];
  const riskDays = figureOf(plan, 'risk-days') ?? MIN_DAYS;
  const safety = figureOf(plan, 'safety-stock') ?? 0;
  const arrivals = [
    ...(nextArrivalOn === undefined ? [] : [{ at: between(from, nextArrivalOn), units: stock.open }]),
    ...(expectedOn === undefined ? [] : [{ at: between(from, expectedOn), units }]),
  ];
  const last = Math.min(MAX_DAYS, Math.max(MIN_DAYS, riskDays, ...arrivals.map(({ at }) => at + 14)));
  let expected = stock.available;
  return Array.from({ length: last + 1 }, (_, at) => {
    const arriving = arrivals.filter((each) => each.at === at).reduce((sum, each) => sum + each.units, 0);
    // What nobody could buy while nothing was there is not sold later.
    expected = Math.max(0, expected - (at === 0 ? 0 : forecast.perDay)) + arriving;
    return {
      ...{ day: later(from, at), expected },
      low: Math.max(0, expected - safety * Math.sqrt(at / riskDays)),
    };
  });
}

/** The demand from the day of the run on, summed up: as expected, and at most by the service level. */
export function demandOf(
  plan: Plan,
  from: string,
): readonly { readonly day: string; readonly expected: number; readonly high: number }[] {
  if (plan.forecast === undefined) return [];
  const { perDay } = plan.forecast;
  const riskDays = Math.min(MAX_DAYS, Math.ceil(figureOf(plan, 'risk-days') ?? MIN_DAYS));
  const safety = figureOf(plan, 'safety-stock') ?? 0;
  return Array.from({ length: riskDays + 1 }, (_, at) => ({
    ...{ day: later(from, at), expected: perDay * at },
    high: perDay * at + safety * Math.sqrt(at / riskDays),
  }));
}

/** For how many days what can be sold lasts at the forecast; undefined where nothing is forecast. */
export function coverDays({ stock, forecast }: Plan): number | undefined {
  if (stock === undefined || forecast === undefined || forecast.perDay <= 0) return undefined;
  return Math.max(0, stock.available) / forecast.perDay;
}
