import * as z from 'zod';
import { skuSchema } from '../../../events/landed-cost.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { calendarDateSchema, instantSchema } from '../../kernel/time.ts';
import { type ChannelPlan, channelPlanSchema } from '../run/channels/channel-plan.ts';
import type { ReplenishmentRunStore, RunFiles } from '../run/ports.ts';
import { proposedNeedSchema } from '../run/proposed-need.ts';
import { indexKey } from '../run/read-history.ts';
import { type ReplenishmentRun, runStates } from '../run/replenishment-run.ts';
import { type SkuPlan, skuPlanSchema } from './sku-plan.ts';

/** What the last run found for a SKU. */
export const skuExplainedSchema = z
  .strictObject({
    sku: skuSchema,
    /** The day of the run. */
    day: calendarDateSchema,
    timeZone: z.string(),
    runState: z.enum(runStates),
    startedAt: instantSchema,
    sites: z.array(skuPlanSchema),
    /** By which way it comes to each market, and by which it could; none without `channels` in the settings. */
    channels: z.array(channelPlanSchema),
  })
  .meta({ id: 'SkuExplained' });

export type SkuExplained = z.infer<typeof skuExplainedSchema>;

export interface ExplainDeps {
  readonly runs: Pick<ReplenishmentRunStore, 'list' | 'batch'>;
  readonly files: Pick<RunFiles, 'read'>;
}

/** No run has planned anything yet; or the last one knew no such SKU. */
export type NotExplained = 'no-run' | 'not-in-run';

/** The runs that are looked at for one whose plans are complete. */
const LOOKED_AT = 30;

/**
 * The plan of a SKU at every site, from the last run that planned all of its batches, and its ways to its markets. With
 * a market: its ways alone, and the sites by which they lead; all sites where its ways were not compared.
 */
export async function explainSku(
  { runs, files }: ExplainDeps,
  sku: string,
  market?: string,
): Promise<Result<SkuExplained, NotExplained>> {
  const run = (await runs.list(LOOKED_AT)).find(isPlanned);
  if (run?.folder === undefined) return refused('no-run');
  const sites: SkuPlan[] = [];
  const channels: ChannelPlan[] = [];
  const firsts = (await files.read(indexKey(run.folder))).map(String);
  for (const batch of batchesOf(firsts, sku)) {
    const planned = await runs.batch(run.folder, batch);
    const lines = planned === undefined ? [] : await files.read(planned.plansKey);
    sites.push(...lines.filter((line) => isOf(line, sku)).map((line) => skuPlanSchema.parse(line)));
    const ways = planned?.channelsKey === undefined ? [] : await files.read(planned.channelsKey);
    channels.push(...ways.filter((line) => isOf(line, sku)).map((line) => channelPlanSchema.parse(line)));
  }
  if (sites.length === 0) return refused('not-in-run');
  const cuts = await cutsOf(files, run, sku);
  const { day, timeZone, state: runState, startedAt } = run;
  const shown = channels.filter((plan) => market === undefined || plan.market === market);
  const ways = shown.flatMap(({ ways: all = [], today }) => [
    ...all,
    ...(today === undefined ? [] : [today]),
  ]);
  const leadBy = new Set(ways.map(({ warehouseId }) => warehouseId));
  const isShown = ({ warehouseId }: SkuPlan) =>
    market === undefined || leadBy.size === 0 || leadBy.has(warehouseId);
  return ok({
    sku,
    day,
    timeZone,
    runState,
    startedAt,
    sites: sites.filter(isShown).map((site) => ({ ...site, ...cuts.get(site.warehouseId) })),
    channels: shown,
  });
}

/** What the limits of the run took from the SKU, by warehouse. */
async function cutsOf(
  files: ExplainDeps['files'],
  { needsKey, cut }: ReplenishmentRun,
  sku: string,
): Promise<ReadonlyMap<string, Pick<SkuPlan, 'cut'>>> {
  if (needsKey === undefined || cut === undefined || cut.lines === 0) return new Map();
  const needs = (await files.read(needsKey))
    .filter((line) => isOf(line, sku))
    .map((line) => proposedNeedSchema.parse(line));
  return new Map(needs.flatMap((need) => (need.cut ? [[need.warehouseId, { cut: need.cut }] as const] : [])));
}

const isPlanned = ({ state, folder }: ReplenishmentRun): boolean =>
  folder !== undefined && (state === 'done' || state === 'placing');

const isOf = (line: unknown, sku: string): boolean =>
  typeof line === 'object' && line !== null && 'sku' in line && line.sku === sku;

/** The batches that may hold a SKU: those that were sold are in order, and after them those that were only offered. */
function batchesOf(firsts: readonly string[], sku: string): number[] {
  return firsts.flatMap((first, batch) => {
    const next = firsts[batch + 1];
    const endsBefore = next !== undefined && next > first && next <= sku;
    return first <= sku && !endsBefore ? [batch] : [];
  });
}
