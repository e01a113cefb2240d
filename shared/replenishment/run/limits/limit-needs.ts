import { formatMoney, money } from '../../../kernel/money.ts';
import { type CalendarDate, dayAfter } from '../../../kernel/time.ts';
import { dayOf, weekdayOf } from '../../../kernel/zoned-time.ts';
import { type SharedOut, shareOut } from '../../policy/shared-limits.ts';
import { offerOf, unitPriceOf } from '../../purchasing/supplier.ts';
import type { ProposedNeed } from '../proposed-need.ts';
import type { RunProblem } from '../run-problem.ts';
import type { LimitedPart, LimitFacts, ReceivingWarehouse } from './limit-facts.ts';
import { LimitsOfRun } from './limits-of-run.ts';

/** The needs within the limits, and what was cut. */
export interface LimitedNeeds {
  readonly needs: readonly ProposedNeed[];
  readonly cut: { readonly lines: number; readonly units: number };
  readonly problems: readonly RunProblem[];
}

/**
 * Cuts needs to the budget of the period, the container of each supplier, and the dock and the storage of each
 * warehouse. The most valuable units come first, by their margin and the probability that they are sold. What was cut
 * is said with its limit; the next run asks for it again. Pure.
 */
export function limitNeeds(needs: readonly ProposedNeed[], facts: LimitFacts): LimitedNeeds {
  const limits = new LimitsOfRun(facts);
  const parts = needs.flatMap((need) => partsOf(need, facts));
  const found = withinBudget(parts, limits, facts);
  const cuts = found.filter(({ line, units }) => units < line.part.units);
  const byNeed = Map.groupBy(found, ({ line }) => line.part.need);
  const total = cuts.reduce((all, { line, units }) => all + line.part.units - units, 0);
  return {
    needs: needs.map((need) => cutNeed(need, byNeed.get(need) ?? [])),
    cut: { lines: cuts.length, units: total },
    problems: [...problemsOf(found, facts), ...limits.problems()],
  };
}

type Line = ReturnType<LimitsOfRun['lineOf']>;
type Found = readonly SharedOut<Line>[];

/**
 * A line that is cut below a break of its price costs more for a unit. So what was cut is tried again at the price that
 * it has then, until the budget holds with the real prices.
 */
function withinBudget(parts: readonly LimitedPart[], limits: LimitsOfRun, { budget }: LimitFacts): Found {
  const assumed = new Map<LimitedPart, number>();
  for (;;) {
    const found = shareOut(parts.map((part) => limits.lineOf(part, assumed.get(part) ?? part.units)));
    if (budget === undefined) return found;
    const costlier = found.filter(({ line: { part }, units }) => {
      if (part.offer === undefined || units === 0) return false;
      const before = unitPriceOf(part.offer, assumed.get(part) ?? part.units).amount;
      return unitPriceOf(part.offer, units).amount > before;
    });
    if (costlier.length === 0) return found;
    for (const { line, units } of costlier) assumed.set(line.part, units);
  }
}

function partsOf(need: ProposedNeed, { suppliers, warehouses, day }: LimitFacts): LimitedPart[] {
  const arrival = (on: CalendarDate) => workingDayFrom(on, warehouses.get(need.warehouseId));
  const parts: LimitedPart[] = [];
  let before = 0;
  for (const { fromWarehouseId: from, units, expectedOn } of need.transfers) {
    parts.push({ need, kind: 'transfer', from, units, arrivesOn: arrival(expectedOn), before });
    before += units;
  }
  for (const { supplierId: from, units } of need.from) {
    const supplier = suppliers.get(from);
    const offer = supplier === undefined ? undefined : offerOf(supplier, need.sku);
    const arrivesOn = arrival(dayAfter(day, offer?.leadTimeDays ?? 0));
    parts.push({
      ...{ need, kind: 'purchase', from, units, arrivesOn, before },
      ...(offer === undefined ? {} : { offer }),
    });
    before += units;
  }
  return parts;
}

/** The day, or the first working day after it: goods that come to a closed dock wait. */
export function workingDayFrom(day: CalendarDate, site: ReceivingWarehouse | undefined): CalendarDate {
  if (site === undefined) return day;
  for (let on = day, ahead = 0; ahead < 60; ahead += 1, on = dayAfter(on, 1))
    if (site.workingDays.includes(weekdayOf(dayOf(on))) && !site.holidays.includes(on)) return on;
  return day;
}

function cutNeed(need: ProposedNeed, found: Found): ProposedNeed {
  const cuts = found.filter(({ line, units }) => units < line.part.units);
  if (cuts.length === 0) return need;
  const unitsOf = (kind: LimitedPart['kind'], from: string) =>
    found.find(({ line: { part } }) => part.kind === kind && part.from === from)?.units ?? 0;
  const cut = cuts.map(({ line: { part }, units, cutFor }) => ({
    ...{ kind: part.kind, from: part.from, wanted: part.units, units },
    limits: cutFor.map(({ name }) => name),
  }));
  const reasons = cut.map(
    ({ from, wanted, units, limits }) =>
      `limit: ${units} units = ${wanted} wanted from ${from}, ${wanted - units} cut for the ${limits.join(' and the ')}`,
  );
  return {
    ...need,
    from: need.from
      .map((each) => ({ ...each, units: unitsOf('purchase', each.supplierId) }))
      .filter(({ units }) => units > 0),
    transfers: need.transfers
      .map((each) => ({ ...each, units: unitsOf('transfer', each.fromWarehouseId) }))
      .filter(({ units }) => units > 0),
    ...{ cut, reasons: [...reasons.map((text) => text.slice(0, 200)), ...need.reasons].slice(0, 10) },
  };
}

function problemsOf(found: Found, { budget }: LimitFacts): RunProblem[] {
  const byLimit = new Map<string, { lines: number; units: number; left: number }>();
  for (const { line, units, cutFor } of found)
    for (const { name } of cutFor) {
      const sum = byLimit.get(name) ?? { lines: 0, units: 0, left: 0 };
      sum.lines += 1;
      sum.units += line.part.units - units;
      sum.left += units;
      byLimit.set(name, sum);
    }
  const reached = [...byLimit].map(([subject, { lines, units }]): RunProblem => {
    const detail = `${units} units of ${lines} needs were cut, those that are worth least; the next run asks again`;
    return { code: 'limit-reached', subject, detail };
  });
  const purchases = found.filter(({ line }) => line.part.kind === 'purchase');
  const isInfeasible =
    budget !== undefined &&
    purchases.length > 0 &&
    purchases.every(({ units, cutFor }) => units === 0 && cutFor.some(({ name }) => name === 'budget'));
  if (!isInfeasible) return reached;
  const left = money(Math.max(0, budget.limit.amountMinor - budget.spent.amountMinor), budget.limit.currency);
  const detail = `none of ${purchases.length} purchases fits into the ${formatMoney(left)} that are left of ${formatMoney(budget.limit)} until ${budget.until}`;
  return [{ code: 'budget-infeasible', subject: 'budget', detail }, ...reached];
}
