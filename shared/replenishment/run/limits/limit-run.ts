import type { Product, ReplenishmentSettings } from '../../../catalogue/index.ts';
import { fromJson, type Money, money, sum, zero } from '../../../kernel/money.ts';
import { type CalendarDate, dayAfter } from '../../../kernel/time.ts';
import { calendarDateIn, dayOf, weekdayOf } from '../../../kernel/zoned-time.ts';
import { skuPlanSchema } from '../../explain/sku-plan.ts';
import type { OpenOrder, OrderStore } from '../../purchasing/ports.ts';
import type { Supplier } from '../../purchasing/supplier.ts';
import type { ReplenishmentRunStore, RunFiles } from '../ports.ts';
import { type ProposedNeed, proposedNeedSchema } from '../proposed-need.ts';
import type { ReplenishmentRun } from '../replenishment-run.ts';
import { distinctProblems, type RunProblem } from '../run-problem.ts';
import { largestStops } from '../stop-at-site.ts';
import type { Pricing } from '../transfers/lane-cost.ts';
import type { BudgetLeft, LimitFacts, ReceivingWarehouse, StoredUnits } from './limit-facts.ts';
import { type LimitedNeeds, limitNeeds, workingDayFrom } from './limit-needs.ts';

/** What limits the needs of a run, as it is stored now. */
export interface LimitDeps {
  readonly settings: () => Promise<ReplenishmentSettings>;
  readonly suppliers: () => Promise<readonly Supplier[]>;
  readonly warehouses: () => Promise<readonly ReceivingWarehouse[]>;
  readonly products: (skus: readonly string[]) => Promise<readonly Product[]>;
  readonly pricing: (day: CalendarDate) => Promise<Pick<Pricing, 'convert'>>;
  readonly orders: Pick<OrderStore, 'open' | 'page'>;
}

interface RunDeps {
  readonly runs: Pick<ReplenishmentRunStore, 'batches' | 'move'>;
  readonly files: RunFiles;
  readonly limits: LimitDeps;
}

/** Ended orders that are read at once. */
const PAGE = 50;

/**
 * Brings all needs of a run within its limits, and writes them as they are placed. The first attempt whose file is
 * noted wins, so that every repeat places the same needs.
 */
export async function limitRun(
  deps: RunDeps,
  run: ReplenishmentRun & { readonly folder: string },
  attempt: string,
): Promise<void> {
  const batches = await deps.runs.batches(run.folder);
  const needs: ProposedNeed[] = [];
  for (const { proposalsKey } of batches)
    for (const line of await deps.files.read(proposalsKey)) needs.push(proposedNeedSchema.parse(line));
  const limited = needs.length === 0 ? NOTHING : await limit(deps, run, needs);
  const needsKey = `${run.folder}/needs-${attempt}.ndjson.gz`;
  await deps.files.write(needsKey, limited.needs);
  const problems = distinctProblems([
    ...limited.problems,
    ...batches.flatMap(({ problems: own = [] }) => own),
  ]);
  const stops = largestStops(batches.flatMap(({ stops: own = [] }) => own));
  await deps.runs.move(run.day, 'limiting', {
    ...{ state: 'placing', needsKey, cut: limited.cut },
    ...(stops.length === 0 ? {} : { stops }),
    ...(problems.length === 0 ? {} : { problems }),
  });
}

const NOTHING: LimitedNeeds = { needs: [], cut: { lines: 0, units: 0 }, problems: [] };

async function limit(
  { runs, files, limits }: RunDeps,
  run: ReplenishmentRun & { readonly folder: string },
  needs: readonly ProposedNeed[],
): Promise<LimitedNeeds> {
  const [settings, suppliers, warehouses] = await Promise.all([
    limits.settings(),
    limits.suppliers(),
    limits.warehouses(),
  ]);
  const receives = warehouses.some(({ receiving }) => receiving !== undefined);
  const isLimited =
    settings.budget !== undefined || receives || suppliers.some(({ container }) => container !== undefined);
  if (!isLimited) return { ...NOTHING, needs };
  const { convert } = await limits.pricing(run.day);
  const products = await limits.products([...new Set(needs.map(({ sku }) => sku))]);
  const sites = new Map(warehouses.map((each) => [each.warehouseId, each]));
  const open = await limits.orders.open();
  const stores = warehouses.some(({ receiving }) => receiving?.storageUnits !== undefined);
  const { left, problems } = await budgetLeft(run, settings, { orders: limits.orders, open, convert });
  const limited = limitNeeds(needs, {
    ...{ day: run.day, budget: left, convert, warehouses: sites },
    suppliers: new Map(suppliers.map((each) => [each.supplierId, each])),
    products: new Map(products.map((each) => [each.sku, each])),
    arrivals: arrivalsOf(open, sites, run.day),
    stored: stores ? await storedUnits({ runs, files }, run.folder) : new Map(),
  });
  return { ...limited, problems: [...problems, ...limited.problems] };
}

/** What is left of the budget of the period, with the orders of persons; a currency without a rate is named. */
async function budgetLeft(
  { day, timeZone }: ReplenishmentRun,
  { budget }: ReplenishmentSettings,
  {
    orders,
    open,
    convert,
  }: {
    readonly orders: LimitDeps['orders'];
    readonly open: readonly OpenOrder[];
    readonly convert: LimitFacts['convert'];
  },
): Promise<{ readonly left?: BudgetLeft; readonly problems: readonly RunProblem[] }> {
  if (budget === undefined) return { problems: [] };
  const { from, until } = periodOf(day, budget.per);
  const all = [...open, ...(await endedSince(orders, from, timeZone))];
  const { currency } = budget.limit;
  const problems: RunProblem[] = [];
  const spent = all.flatMap(({ state }): Money[] => {
    const { kind, status, total, proposedAt, supplierId = '' } = state;
    if (kind !== 'purchase' || status === 'cancelled' || total === undefined) return [];
    if (calendarDateIn(timeZone, proposedAt) < from) return [];
    const converted = convert(fromJson(total), currency);
    if (converted !== undefined) return [converted];
    const detail = `no rate from ${total.currency} to ${currency} is stored: its orders do not count against the budget`;
    problems.push({ code: 'no-rate', subject: supplierId, detail });
    return [];
  });
  const limitOfPeriod = money(budget.limit.amount, currency);
  const left = { limit: limitOfPeriod, spent: sum([zero(currency), ...spent], currency), until };
  return { left, problems };
}

/** The first and the last day of the week from Monday, or of the month, that the day is in. */
export function periodOf(
  day: CalendarDate,
  per: 'week' | 'month',
): { readonly from: CalendarDate; readonly until: CalendarDate } {
  if (per === 'week') {
    const from = dayAfter(day, 1 - weekdayOf(dayOf(day)));
    return { from, until: dayAfter(from, 6) };
  }
  const from = `${day.slice(0, 8)}01`;
  const next = `${dayAfter(from, 31).slice(0, 8)}01`;
  return { from, until: dayAfter(next, -1) };
}

/** Orders that have ended and were proposed on that day or later. The list has the newest proposals first. */
async function endedSince(
  orders: LimitDeps['orders'],
  from: CalendarDate,
  timeZone: string,
): Promise<OpenOrder[]> {
  const found: OpenOrder[] = [];
  let cursor: string | undefined;
  do {
    const page = await orders.page('ended', PAGE, cursor);
    const items = page?.items ?? [];
    const own = items.filter(({ state }) => calendarDateIn(timeZone, state.proposedAt) >= from);
    // Their facts are not needed, and a month may have many orders.
    found.push(...own.map(({ steps: _, ...order }) => order));
    cursor = own.length < items.length ? undefined : page?.cursor;
  } while (cursor !== undefined);
  return found;
}

/** Units of open orders by warehouse and working day. What should have come already is taken in today. */
function arrivalsOf(
  open: readonly OpenOrder[],
  sites: ReadonlyMap<string, ReceivingWarehouse>,
  today: CalendarDate,
): LimitFacts['arrivals'] {
  const arrivals = new Map<string, Map<CalendarDate, number>>();
  const add = (warehouseId: string, at: string, units: number) => {
    const day = [at.slice(0, 10), today].toSorted().at(-1) ?? today;
    const on = workingDayFrom(day, sites.get(warehouseId));
    const days = arrivals.get(warehouseId) ?? new Map<CalendarDate, number>();
    arrivals.set(warehouseId, days.set(on, (days.get(on) ?? 0) + units));
  };
  for (const { state } of open) {
    for (const { shipped, received } of state.notices)
      if (received === undefined)
        for (const { units } of shipped.lines) add(state.warehouseId, shipped.expectedAt, units);
    for (const line of state.lines)
      add(state.warehouseId, state.expectedAt, Math.max(0, line.open - line.onTheWay));
  }
  return arrivals;
}

/** What the plans of the run found at each warehouse. */
async function storedUnits(
  { runs, files }: Pick<RunDeps, 'runs' | 'files'>,
  folder: string,
): Promise<ReadonlyMap<string, StoredUnits>> {
  const stored = new Map<string, StoredUnits>();
  for (const { plansKey } of await runs.batches(folder))
    for (const line of await files.read(plansKey)) {
      const { warehouseId, stock, forecast, stage } = skuPlanSchema.parse(line);
      if (stock === undefined) continue;
      const { onHand, perDay } = stored.get(warehouseId) ?? { onHand: 0, perDay: 0 };
      const own = Math.max(0, stock.available) + stock.reserved + stock.quarantined;
      stored.set(warehouseId, { onHand: onHand + own, perDay: perDay + ((stage ?? forecast)?.perDay ?? 0) });
    }
  return stored;
}
