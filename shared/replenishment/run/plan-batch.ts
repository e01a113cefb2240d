import type { ReplenishmentSettings } from '../../catalogue/index.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { SkuPlan } from '../explain/sku-plan.ts';
import type { StockOnHand } from '../policy/position.ts';
import { needKeyOf } from '../purchasing/need-key.ts';
import type { DeliveryOutcome } from '../purchasing/scorecard.ts';
import type { Supplier } from '../purchasing/supplier.ts';
import type { SignalStore } from '../signals/ports.ts';
import { forecastBatch, signalsFrom } from './forecast-batch.ts';
import { type OpenAtSite, planSite } from './plan-site.ts';
import { type Counted, type RunDeps, type RunFiles, type RunStep, sendAll } from './ports.ts';
import { type ProposedNeed, proposedNeedSchema, reasonTexts } from './proposed-need.ts';
import { historyKey } from './read-history.ts';
import type { RunCount } from './replenishment-run.ts';
import { type SiteHistory, siteHistorySchema } from './site-history.ts';

interface Place {
  readonly sku: string;
  readonly warehouseId: string;
}

/** Stock and open orders of a SKU at a site, as they are now. */
export interface AtSite {
  readonly stock: StockOnHand & { readonly inTransit: number };
  readonly open: readonly OpenAtSite[];
}

export interface BatchDeps extends RunDeps {
  readonly files: RunFiles;
  readonly settings: () => Promise<ReplenishmentSettings>;
  readonly suppliers: () => Promise<readonly Supplier[]>;
  readonly outcomesOf: (supplierId: string) => Promise<readonly DeliveryOutcome[]>;
  /** In the order of the places. */
  readonly atSites: (places: readonly Place[]) => Promise<readonly AtSite[]>;
  /** The warehouses that are planned. */
  readonly sites: () => Promise<readonly string[]>;
  readonly signals: Pick<SignalStore, 'endingFrom'>;
}

/**
 * Plans a batch: forecasts each SKU at each site, and finds what is to be ordered. The result is written first and
 * then stored as done, once; a repeat finds it done. The last one hands over to the placing.
 */
export async function planBatch(
  deps: BatchDeps,
  { day, folder, batch }: Extract<RunStep, { step: 'batch' }>,
  attempt: string,
): Promise<'planned' | 'known'> {
  const run = await deps.runs.load(day);
  if (run === undefined || run.state !== 'planning' || run.folder !== folder) return 'known';
  const known = await deps.runs.batch(folder, batch);
  if (known === undefined) await planAndStore(deps, { day, folder, batch }, attempt);
  await goOn(deps, day);
  return known === undefined ? 'planned' : 'known';
}

async function planAndStore(
  deps: BatchDeps,
  { day, folder, batch }: { readonly day: CalendarDate; readonly folder: string; readonly batch: number },
  attempt: string,
): Promise<void> {
  const lines = (await deps.files.read(historyKey(folder, batch))).map((line) =>
    siteHistorySchema.parse(line),
  );
  const plans = await planAll(deps, day, lines);
  const proposals = plans.flatMap(proposedNeedOf);
  const name = `${folder}/${String(batch).padStart(5, '0')}-${attempt}`;
  const [plansKey, proposalsKey] = [`${name}-plans.ndjson.gz`, `${name}-proposals.ndjson.gz`];
  await deps.files.write(plansKey, plans);
  await deps.files.write(proposalsKey, proposals);
  await deps.runs.batchDone({ day, folder }, { batch, plansKey, proposalsKey, counted: countsOf(plans) });
}

/** Goes on to the placing, if every batch is planned. */
async function goOn({ runs, queue }: BatchDeps, day: CalendarDate): Promise<void> {
  const run = await runs.load(day);
  if (run?.state !== 'planning' || (run.counts.batchesDone ?? 0) < (run.batches ?? 0)) return;
  if (await runs.move(day, 'planning', { state: 'placing' }))
    await sendAll(queue, [{ step: 'placing', day }]);
}

async function planAll(
  deps: BatchDeps,
  day: CalendarDate,
  lines: readonly SiteHistory[],
): Promise<readonly SkuPlan[]> {
  const [settings, suppliers, sites, atSites] = await Promise.all([
    deps.settings(),
    deps.suppliers(),
    deps.sites(),
    deps.atSites(lines),
  ]);
  const bySku = suppliersBySku(suppliers, new Set(lines.map(({ sku }) => sku)));
  const used = new Set([...bySku.values()].flat().map(({ supplierId }) => supplierId));
  const outcomes = new Map(
    await Promise.all([...used].map(async (id) => [id, await deps.outcomesOf(id)] as const)),
  );
  const context = {
    ...{ day, settings, now: deps.clock().toISOString(), sites: new Set(sites) },
    suppliersOf: (sku: string) => bySku.get(sku) ?? [],
    outcomesOf: (supplierId: string) => outcomes.get(supplierId) ?? [],
  };
  const signals = await deps.signals.endingFrom(signalsFrom(day, settings.historyDays));
  const forecastOf = forecastBatch(lines, { day, signals });
  return lines.map((history, at) => {
    const { stock, open } = atSites[at] ?? { stock: NOTHING, open: [] };
    return planSite({ history, ...forecastOf(history), stock, open }, context);
  });
}

const NOTHING = { available: 0, reserved: 0, quarantined: 0, inTransit: 0 };

function suppliersBySku(
  suppliers: readonly Supplier[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly Supplier[]> {
  const bySku = new Map<string, Supplier[]>();
  for (const supplier of suppliers)
    for (const { sku } of supplier.offers)
      if (wanted.has(sku)) bySku.set(sku, [...(bySku.get(sku) ?? []), supplier]);
  return bySku;
}

function proposedNeedOf(plan: SkuPlan): ProposedNeed[] {
  if (plan.outcome !== 'proposed' || plan.from === undefined) return [];
  const { sku, warehouseId, stock, runsOutOn, reasons } = plan;
  return [
    proposedNeedSchema.parse({
      ...{ sku, warehouseId, from: plan.from.map(({ supplierId, units }) => ({ supplierId, units })) },
      needKey: needKeyOf({ sku, warehouseId, countedOrderIds: stock?.openOrderIds ?? [] }),
      ...(runsOutOn === undefined ? {} : { needBy: runsOutOn }),
      reasons: reasonTexts(plan, reasons),
    }),
  ];
}

function countsOf(plans: readonly SkuPlan[]): Counted {
  const counts: Partial<Record<RunCount, number>> = {};
  const count = (name: RunCount) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const { outcome, why } of plans) {
    count('skuSites');
    if (outcome !== 'not-planned') count(outcome);
    else if (why !== undefined) count(`not-planned:${why}`);
  }
  return counts;
}
