import * as z from 'zod';
import { type CalendarDate, dayAfter } from '../../../kernel/time.ts';
import { dayOf, weekdayOf } from '../../../kernel/zoned-time.ts';
import { ALL_MARKETS, type DemandSeries } from '../../demand/demand-series.ts';
import type { Forecast } from '../../forecast/forecast.ts';
import { forecastNewSku } from '../../forecast/forecast-new-sku.ts';
import { EVERY_DAY, type WeekdayFactors } from '../../forecast/weekday-factors.ts';
import { LAUNCH_DAYS } from './launch-days.ts';

/** All goods of a warehouse. */
const ALL_GOODS = '*';
/** The launches that a profile rests on: the newest ones. */
const MAX_LAUNCHES = 100;
/** The profiles that a run keeps: those with the most launches. */
const MAX_PROFILES = 1_000;
/** The last weeks, which say how a week is spread over its days. */
const WEEKDAY_DAYS = 84;

/**
 * The groups of a product, the likest one first: its heading (four digits) and its chapter (two digits) of the
 * Harmonised System, and all goods.
 */
const groupsOf = (hsCode: string | undefined): readonly string[] =>
  hsCode === undefined ? [ALL_GOODS] : [hsCode.slice(0, 4), hsCode.slice(0, 2), ALL_GOODS];

const quantiles = z.strictObject({ '0.5': z.number(), '0.9': z.number(), '0.95': z.number() });

/** What new products of a group sell at a warehouse: one line of a file of the run. */
export const groupProfileSchema = z.strictObject({
  warehouseId: z.string(),
  /** Two or four digits of the Harmonised System, or `*` for all goods. */
  group: z.string(),
  /** The SKUs whose first days it is made of. */
  launches: z.int().min(1),
  /** From the day of the run on. */
  forecast: z.strictObject({
    ...{ sku: z.string(), market: z.string(), firstDay: z.iso.date(), version: z.string() },
    method: z.string(),
    error: z
      .strictObject({ pinball: z.number(), wape: z.number().optional() })
      .transform(({ pinball, wape }) => ({ pinball, wape })),
    days: z.array(z.strictObject({ mean: z.number(), quantiles })),
    totals: z.array(z.strictObject({ standardDeviation: z.number(), quantiles })),
  }),
});

export type GroupProfile = z.infer<typeof groupProfileSchema>;

/** The sales of a SKU at a warehouse, from its first unit on. */
interface Sold {
  readonly sku: string;
  readonly warehouseId: string;
  readonly firstDay?: CalendarDate | undefined;
  readonly units: readonly number[];
  readonly without: readonly number[];
}

/**
 * Collects the first four weeks of products, by warehouse and group, for the groups that new products are in. It holds
 * at most a hundred of each, so that a run over many products has a bounded size.
 */
export class Launches {
  readonly #days: { readonly day: CalendarDate; readonly firstDay: CalendarDate };
  readonly #wanted: ReadonlySet<string>;
  readonly #byPlace = new Map<string, DemandSeries[]>();
  readonly #weekdays = new Map<string, Float64Array>();
  /** The first sale of each warehouse that is read. */
  readonly #firstSales = new Map<string, CalendarDate>();

  /** `firstDay` is the first day whose sales are read, `newCodes` are the codes of new products. */
  constructor(
    days: { readonly day: CalendarDate; readonly firstDay: CalendarDate },
    newCodes: ReadonlySet<string>,
  ) {
    this.#days = days;
    this.#wanted = new Set([...newCodes].flatMap(groupsOf));
  }

  add(sold: Sold, hsCode: string | undefined): void {
    const { sku, warehouseId, firstDay, units, without } = sold;
    if (firstDay === undefined || this.#wanted.size === 0) return;
    this.#addWeekdays(warehouseId, dayOf(firstDay), units);
    const earliest = this.#firstSales.get(warehouseId);
    if (earliest === undefined || firstDay < earliest) this.#firstSales.set(warehouseId, firstDay);
    if (firstDay < dayAfter(this.#days.firstDay, LAUNCH_DAYS)) return;
    if (units.length < LAUNCH_DAYS || without.some((at) => at < LAUNCH_DAYS)) return;
    const first = units.slice(0, LAUNCH_DAYS);
    const series = { sku, market: ALL_MARKETS, firstDay, units: first, censored: first.map(() => false) };
    for (const group of groupsOf(hsCode)) if (this.#wanted.has(group)) this.#keep(warehouseId, group, series);
  }

  /** The profiles of the groups of which five products or more are known. */
  profiles(): GroupProfile[] {
    const made = [...this.#byPlace].flatMap(([place, kept]): GroupProfile[] => {
      const [warehouseId, group] = place.split(' ') as [string, string];
      // What sold in the first four weeks that are read, or of the warehouse, may have been on sale long before.
      const since = dayAfter(this.#firstSales.get(warehouseId) ?? this.#days.firstDay, LAUNCH_DAYS);
      const launches = kept.filter(({ firstDay }) => firstDay >= since);
      const forecast = forecastNewSku({
        ...{ sku: group, market: ALL_MARKETS, firstDay: this.#days.day, groups: [launches] },
        ...{ weekdays: this.#factors(warehouseId), horizon: LAUNCH_DAYS },
      });
      return forecast.ok
        ? [{ warehouseId, group, launches: launches.length, forecast: stored(forecast.value) }]
        : [];
    });
    return made
      .sort((a, b) => b.launches - a.launches || (nameOf(a) < nameOf(b) ? -1 : 1))
      .slice(0, MAX_PROFILES);
  }

  #keep(warehouseId: string, group: string, series: DemandSeries): void {
    const place = nameOf({ warehouseId, group });
    const kept = this.#byPlace.get(place) ?? [];
    this.#byPlace.set(place, kept);
    kept.push(series);
    if (kept.length <= MAX_LAUNCHES) return;
    const oldest = kept.reduce(
      (old, each, at) => (each.firstDay < (kept[old]?.firstDay ?? '') ? at : old),
      0,
    );
    kept.splice(oldest, 1);
  }

  #addWeekdays(warehouseId: string, first: number, units: readonly number[]): void {
    const sums = this.#weekdays.get(warehouseId) ?? new Float64Array(7);
    this.#weekdays.set(warehouseId, sums);
    // Whole weeks, so that each weekday is there as often as the others.
    const days = Math.min(WEEKDAY_DAYS, units.length - (units.length % 7));
    for (let at = units.length - days; at < units.length; at += 1) {
      const weekday = weekdayOf(first + at) - 1;
      sums[weekday] = (sums[weekday] ?? 0) + (units[at] ?? 0);
    }
  }

  #factors(warehouseId: string): WeekdayFactors {
    const sums = this.#weekdays.get(warehouseId);
    if (sums === undefined) return EVERY_DAY;
    const mean = sums.reduce((all, each) => all + each, 0) / 7;
    return mean === 0 ? EVERY_DAY : Array.from(sums, (sum) => sum / mean);
  }
}

const stored = ({ totals = [], error, ...rest }: Forecast): GroupProfile['forecast'] => ({
  ...rest,
  error: { pinball: error.pinball, wape: error.wape },
  days: rest.days.map(({ mean, quantiles: own }) => ({ mean, quantiles: { ...own } })),
  totals: totals.map(({ standardDeviation, quantiles: own }) => ({
    standardDeviation,
    quantiles: { ...own },
  })),
});

const nameOf = ({ warehouseId, group }: Pick<GroupProfile, 'warehouseId' | 'group'>): string =>
  `${warehouseId} ${group}`;

/** The profile of the likest group at a warehouse; undefined where no group has one. */
export type ProfileOf = (warehouseId: string, hsCode: string | undefined) => GroupProfile | undefined;

/** Finds the profiles of a run. */
export function profileFinder(profiles: readonly GroupProfile[]): ProfileOf {
  const byName = new Map(profiles.map((profile) => [nameOf(profile), profile]));
  return (warehouseId, hsCode) =>
    groupsOf(hsCode)
      .map((group) => byName.get(nameOf({ warehouseId, group })))
      .find((found) => found !== undefined);
}
