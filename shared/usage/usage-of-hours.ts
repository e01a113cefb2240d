import type { Instant } from '../kernel/time.ts';
import { ALL_PARTS, type BilledMetric } from './billed-metrics.ts';
import type { BilledUnit } from './prices.ts';

/** The sum of a metric in the hour from `hour` on. */
export interface HourSum {
  readonly metric: BilledMetric;
  readonly hour: Instant;
  readonly sum: number;
}

/** The resources of a stage that are billed by the hour, used or not. */
export interface Standing {
  readonly alarms: number;
  readonly dashboards: number;
  readonly keys: number;
  readonly secrets: number;
}

/** What one part used of one unit. */
interface UsedUnits {
  readonly unit: BilledUnit;
  readonly part: string;
  readonly isFixed: boolean;
  readonly thousandths: number;
}

/** What was used in the hour from `hour` on. */
export interface HourUsage {
  readonly hour: Instant;
  readonly units: readonly UsedUnits[];
}

const STANDING_UNITS = {
  alarms: 'cloudwatch.alarmHours',
  dashboards: 'cloudwatch.dashboardHours',
  keys: 'kms.keyHours',
  secrets: 'secrets.hours',
} as const satisfies Record<keyof Standing, BilledUnit>;

/**
 * What was used in each hour, in the order of the hours and of the units. An hour without any sum is left out: the
 * stage did not exist yet. In every other hour the standing resources are billed as well.
 */
export function usageOfHours(sums: readonly HourSum[], standing: Standing): HourUsage[] {
  const hours = Map.groupBy(
    sums.filter(({ sum }) => sum > 0),
    ({ hour }) => hour,
  );
  return [...hours]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([hour, ofHour]) => ({ hour, units: [...unitsOf(ofHour), ...standingUnits(standing)] }));
}

function unitsOf(sums: readonly HourSum[]): UsedUnits[] {
  const byKey = Map.groupBy(sums, ({ metric: { unit, part, isFixed } }) => `${unit} ${part} ${isFixed}`);
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofKey]) => {
      const [first] = ofKey;
      const thousandths = Math.round(
        ofKey.reduce((all, { metric, sum }) => all + sum * metric.unitsEach * 1_000, 0),
      );
      if (first === undefined || thousandths === 0) return [];
      const { unit, part, isFixed } = first.metric;
      return [{ unit, part, isFixed, thousandths }];
    });
}

const standingUnits = (standing: Standing): UsedUnits[] =>
  (Object.keys(STANDING_UNITS) as (keyof Standing)[]).flatMap((kind) =>
    standing[kind] === 0
      ? []
      : [
          {
            ...{ unit: STANDING_UNITS[kind], part: ALL_PARTS, isFixed: true },
            thousandths: standing[kind] * 1_000,
          },
        ],
  );
