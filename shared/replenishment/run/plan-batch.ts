import type { CalendarDate } from '../../kernel/time.ts';
import type { SkuPlan } from '../explain/sku-plan.ts';
import { segmentsOf } from '../network/sku-network.ts';
import { needKeyOf } from '../purchasing/need-key.ts';
import { groupProfileSchema, type ProfileOf, profileFinder } from './new-products/group-profile.ts';
import { planSites, type SitesDeps } from './plan-sites.ts';
import { type Counted, type RunDeps, type RunFiles, type RunStep, sendAll } from './ports.ts';
import { type ProposedNeed, proposedNeedSchema, reasonTexts } from './proposed-need.ts';
import { historyKey, profilesKey } from './read-history.ts';
import type { RunCount } from './replenishment-run.ts';
import { type SiteHistory, siteHistorySchema } from './site-history.ts';
import type { PlannedSite, Standing } from './site-to-plan.ts';
import { largestStops, stopsOf } from './stop-at-site.ts';

export interface BatchDeps extends RunDeps, SitesDeps {
  readonly files: RunFiles;
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
  const profileOf = await profilesFor(deps, folder, lines);
  const { sites, channels, problems } = await planSites({ ...deps, profileOf }, day, lines);
  const plans = sites.map(({ plan }) => plan);
  const stops = largestStops(stopsOf(plans));
  const proposals = sites.flatMap(proposedNeedOf);
  const name = `${folder}/${String(batch).padStart(5, '0')}-${attempt}`;
  const [plansKey, proposalsKey] = [`${name}-plans.ndjson.gz`, `${name}-proposals.ndjson.gz`];
  await deps.files.write(plansKey, plans);
  await deps.files.write(proposalsKey, proposals);
  const channelsKey = channels.length === 0 ? undefined : `${name}-channels.ndjson.gz`;
  if (channelsKey !== undefined) await deps.files.write(channelsKey, channels);
  await deps.runs.batchDone(
    { day, folder },
    {
      ...{ batch, plansKey, proposalsKey, counted: countsOf(plans) },
      ...(channelsKey === undefined ? {} : { channelsKey }),
      ...(stops.length === 0 ? {} : { stops }),
      ...(problems.length === 0 ? {} : { problems }),
    },
  );
}

/** The profiles of the run, read only if a line is of a new product. */
async function profilesFor(
  { files }: BatchDeps,
  folder: string,
  lines: readonly SiteHistory[],
): Promise<ProfileOf> {
  if (!lines.some(({ isNew }) => isNew)) return profileFinder([]);
  const profiles = await files.read(profilesKey(folder));
  return profileFinder(profiles.map((profile) => groupProfileSchema.parse(profile)));
}

/** Goes on to the limits and the placing, if every batch is planned. */
async function goOn({ runs, queue }: BatchDeps, day: CalendarDate): Promise<void> {
  const run = await runs.load(day);
  if (run?.state !== 'planning' || (run.counts.batchesDone ?? 0) < (run.batches ?? 0)) return;
  if (await runs.move(day, 'planning', { state: 'limiting' }))
    await sendAll(queue, [{ step: 'placing', day }]);
}

/** What a plan wants to buy and to move: none where nothing is due. */
export function proposedNeedOf({ plan, standing }: PlannedSite): ProposedNeed[] {
  const { sku, warehouseId, stock, runsOutOn, reasons, from = [], transfers = [] } = plan;
  if (plan.outcome !== 'proposed') return [];
  return [
    proposedNeedSchema.parse({
      ...{ sku, warehouseId, from: from.map(({ supplierId, units }) => ({ supplierId, units })) },
      transfers: transfers.map(({ unitCost: _, ...transfer }) => transfer),
      chances: chancesOf(standing, transfers),
      needKey: needKeyOf({ sku, warehouseId, countedOrderIds: stock?.openOrderIds ?? [] }),
      ...(runsOutOn === undefined ? {} : { needBy: runsOutOn }),
      reasons: reasonTexts(plan, reasons),
    }),
  ];
}

/** The demand after what is there or on its way, but for what the run moves there. */
function chancesOf(
  standing: Standing | undefined,
  transfers: readonly { readonly units: number }[],
): ProposedNeed['chances'] {
  if (standing === undefined) return [];
  const moved = transfers.reduce((all, { units }) => all + units, 0);
  let skipped = Math.max(0, Math.floor(standing.position - moved));
  const segments = segmentsOf({ demand: standing.demand, unitMarginMinor: 1 });
  return segments.flatMap(({ units, worth }) => {
    const left = Math.max(0, units - skipped);
    skipped = Math.max(0, skipped - units);
    return left === 0 ? [] : [{ units: left, probability: worth }];
  });
}

function countsOf(plans: readonly SkuPlan[]): Counted {
  const counts: Partial<Record<RunCount, number>> = {};
  const count = (name: RunCount) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const { outcome, why, stop } of plans) {
    count('skuSites');
    if (stop !== undefined) count('toStop');
    if (outcome !== 'not-planned') count(outcome);
    else if (why !== undefined) count(`not-planned:${why}`);
  }
  return counts;
}
