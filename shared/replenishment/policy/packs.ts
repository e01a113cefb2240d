import type { CalendarDate } from '../../kernel/time.ts';
import type { PlanningProblem } from './problem.ts';

/** How a supplier packs a SKU, from a day on. Orders keep their units when the pack changes. */
export interface Pack {
  /** The first day of orders that it holds for. */
  readonly validFrom: CalendarDate;
  readonly unitsPerCase: number;
  /** The fewest units of one order; 0 if there is no minimum. */
  readonly minimumUnits: number;
}

/** The pack on the day of the order. */
export function packOn(sku: string, packs: readonly Pack[], date: CalendarDate): Pack | PlanningProblem {
  const begun = packs.filter(({ validFrom }) => validFrom <= date);
  const latest = begun.reduce<Pack | undefined>(
    (best, pack) => (best === undefined || pack.validFrom > best.validFrom ? pack : best),
    undefined,
  );
  if (latest === undefined)
    return { reason: 'no-pack', subject: sku, detail: `no pack of the supplier holds on ${date}` };
  const same = begun.filter(({ validFrom }) => validFrom === latest.validFrom);
  const differs = same.some(
    ({ unitsPerCase, minimumUnits }) =>
      unitsPerCase !== latest.unitsPerCase || minimumUnits !== latest.minimumUnits,
  );
  if (differs)
    return {
      reason: 'two-packs',
      subject: sku,
      detail: `${same.length} packs hold from ${latest.validFrom}`,
    };
  if (!(Number.isSafeInteger(latest.unitsPerCase) && latest.unitsPerCase > 0 && latest.minimumUnits >= 0))
    return { reason: 'bad-figure', subject: sku, detail: 'a case has whole units, one at least' };
  return latest;
}

/** The fewest units in whole cases that cover the need and the minimum; nothing without a need. */
export function roundedToCases(
  units: number,
  { unitsPerCase, minimumUnits }: Pick<Pack, 'unitsPerCase' | 'minimumUnits'>,
): number {
  if (units <= 0) return 0;
  // A need that came out a billionth above whole cases is not worth another one.
  return Math.ceil(Math.max(units, minimumUnits) / unitsPerCase - 1e-9) * unitsPerCase;
}

/** The most units in whole cases up to a limit; nothing if that is below the minimum. */
export function roundedDownToCases(
  units: number,
  { unitsPerCase, minimumUnits }: Pick<Pack, 'unitsPerCase' | 'minimumUnits'>,
): number {
  const whole = Math.floor(units / unitsPerCase + 1e-9) * unitsPerCase;
  return whole < minimumUnits || whole < 0 ? 0 : whole;
}
