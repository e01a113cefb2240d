import type { CatalogueStore, Product } from '../../catalogue/index.ts';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { type SkuPlan, skuPlanSchema } from '../explain/sku-plan.ts';
import type { RunDeps, RunFiles } from '../run/ports.ts';
import type { StoredSignal } from '../signals/given-signal.ts';
import type { SignalStore } from '../signals/ports.ts';
import { type PlacedSku, planMoves } from './plan-moves.ts';
import type { SlottingStore } from './ports.ts';
import type { StorageZones } from './storage-zone.ts';
import { settleMoves } from './store-slotting.ts';

export interface SlottingDeps extends Pick<RunDeps, 'runs' | 'clock'> {
  readonly files: Pick<RunFiles, 'read'>;
  readonly catalogue: Pick<CatalogueStore, 'network' | 'productsBySku'>;
  readonly signals: Pick<SignalStore, 'endingFrom'>;
  readonly slotting: Pick<SlottingStore, 'layouts' | 'places' | 'openMoves' | 'propose' | 'end'>;
}

/** A campaign that begins within these days counts with the picks of its own days. */
const CAMPAIGN_AHEAD_DAYS = 14;
/** The days of the mean that a plan has. */
const MEAN_DAYS = 28;
/** Products that are read at once. */
const PRODUCTS_AT_ONCE = 500;
const MM3_PER_LITRE = 1_000_000;

/**
 * Proposes moves in each warehouse that has zones, from the plans of the run of a day. A repeat changes nothing. Throws
 * where the stores do.
 */
export async function slotWarehouses(deps: SlottingDeps, day: CalendarDate): Promise<void> {
  const folder = (await deps.runs.load(day))?.folder;
  if (folder === undefined) return;
  const { warehouses } = await deps.catalogue.network();
  const ids = warehouses.map(({ warehouseId }) => warehouseId);
  const layouts = await deps.slotting.layouts(ids);
  const zoned = ids.flatMap((warehouseId, at) => {
    const layout = layouts[at];
    return layout === undefined ? [] : [{ warehouseId, layout }];
  });
  if (zoned.length === 0) return;
  const plans = await plansOf(
    deps,
    folder,
    zoned.map(({ warehouseId }) => warehouseId),
  );
  const signals = await deps.signals.endingFrom(day);
  for (const { warehouseId, layout } of zoned) {
    const own = plans.get(warehouseId) ?? [];
    const places = await deps.slotting.places(warehouseId);
    const placed = await placedSkus(deps, { layout, places, plans: own, signals, day });
    const wanted = planMoves(warehouseId, layout, placed);
    await settleMoves(deps.slotting, warehouseId, { wanted, places, now: deps.clock().toISOString() });
  }
}

/** What of a plan is needed: a run may have a million of them. */
type Speed = Pick<SkuPlan, 'sku'> & {
  readonly perDay: number;
  readonly units: number;
  readonly changedBy: readonly string[];
};

async function plansOf(
  { runs, files }: SlottingDeps,
  folder: string,
  warehouseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Speed[]>> {
  const found = new Map(warehouseIds.map((id): [string, Speed[]] => [id, []]));
  for (const { plansKey } of await runs.batches(folder))
    for (const line of await files.read(plansKey)) {
      const { sku, warehouseId, forecast, stock } = skuPlanSchema.parse(line);
      if (forecast === undefined || stock === undefined) continue;
      const { perDay, signals = [] } = forecast;
      const units = Math.max(0, stock.available) + stock.reserved + stock.quarantined + stock.open;
      found.get(warehouseId)?.push({ sku, perDay, units, changedBy: signals });
    }
  return found;
}

/** The products that lie in a zone, take room and have a forecast. The others stay where they are. */
async function placedSkus(
  { catalogue }: SlottingDeps,
  {
    layout,
    places,
    plans,
    signals,
    day,
  }: {
    readonly layout: StorageZones;
    readonly places: ReadonlyMap<string, string>;
    readonly plans: readonly Speed[];
    readonly signals: readonly StoredSignal[];
    readonly day: CalendarDate;
  },
): Promise<PlacedSku[]> {
  const zones = new Set(layout.zones.map(({ zone }) => zone));
  const lying = plans.filter(({ sku, units }) => units > 0 && zones.has(places.get(sku) ?? ''));
  const products = new Map<string, Product>();
  for (let from = 0; from < lying.length; from += PRODUCTS_AT_ONCE) {
    const some = lying.slice(from, from + PRODUCTS_AT_ONCE).map(({ sku }) => sku);
    for (const product of await catalogue.productsBySku(some)) products.set(product.sku, product);
  }
  return lying.flatMap((plan): PlacedSku[] => {
    const product = products.get(plan.sku);
    const zone = places.get(plan.sku);
    if (product === undefined || zone === undefined) return [];
    const { lengthMm, widthMm, heightMm } = product.dimensions;
    return [
      {
        ...{ sku: plan.sku, zone, ...speedOf(plan, signals, day) },
        litres: (plan.units * lengthMm * widthMm * heightMm) / MM3_PER_LITRE,
      },
    ];
  });
}

/**
 * Picks of a day, in thousandths: the mean of the next four weeks; in the days before a campaign of the product, those
 * of a day of the campaign. Where several begin, the one that is picked most. The mean has the campaign's days in it
 * already: what they add is taken out of it first.
 */
export function speedOf(
  { sku, perDay, changedBy }: Pick<Speed, 'sku' | 'perDay' | 'changedBy'>,
  signals: readonly StoredSignal[],
  day: CalendarDate,
): Pick<PlacedSku, 'picksPerDayMilli' | 'campaign'> {
  const usual = { picksPerDayMilli: Math.round(Math.max(0, perDay) * 1_000) };
  let best: Pick<PlacedSku, 'picksPerDayMilli' | 'campaign'> = usual;
  for (const signal of signals) {
    const isOwn = signal.kind === 'campaign' && signal.skus?.includes(sku) === true;
    const isNear = signal.firstDay <= dayAfter(day, CAMPAIGN_AHEAD_DAYS) && signal.lastDay >= day;
    if (!isOwn || !isNear || !changedBy.includes(signal.signalId)) continue;
    const picksPerDayMilli = Math.round(perCampaignDay(perDay, signal, day) * 1_000);
    if (picksPerDayMilli <= best.picksPerDayMilli) continue;
    best = { picksPerDayMilli, campaign: { signalId: signal.signalId, beforeDay: signal.firstDay } };
  }
  return best;
}

function perCampaignDay(perDay: number, signal: StoredSignal, day: CalendarDate): number {
  const { factor, unitsADay = 0 } = signal.uplift;
  // The plan counts the days of a campaign as many days earlier as its stock has to be there before.
  const days = daysWithin(
    dayAfter(signal.firstDay, -signal.stockDaysBefore),
    dayAfter(signal.lastDay, -signal.stockDaysBefore),
    day,
  );
  if (factor === undefined) return perDay + unitsADay * (1 - days / MEAN_DAYS);
  return (perDay * MEAN_DAYS * factor) / (MEAN_DAYS + days * (factor - 1));
}

/** The days of the campaign among those of the mean, which begin with the day of the plan. */
function daysWithin(first: CalendarDate, last: CalendarDate, day: CalendarDate): number {
  let count = 0;
  for (let at = 0; at < MEAN_DAYS; at += 1) {
    const date = dayAfter(day, at);
    if (date >= first && date <= last) count += 1;
  }
  return count;
}
