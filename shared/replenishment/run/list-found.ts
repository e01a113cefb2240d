import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../../events/landed-cost.ts';
import { defined } from '../../kernel/defined.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { dayMs } from '../../kernel/time.ts';
import { type SkuPlan, skuPlanSchema } from '../explain/sku-plan.ts';
import type { ReplenishmentRunStore, RunFiles } from './ports.ts';
import { proposedNeedSchema } from './proposed-need.ts';
import type { ReplenishmentRun } from './replenishment-run.ts';

/**
 * What a list is of: products that were not planned, that should not be bought any more, or that a limit of the run has
 * cut.
 */
export const foundKinds = ['not-planned', 'to-stop', 'cut'] as const;
export type FoundKind = (typeof foundKinds)[number];

/** A product at a warehouse, with the reason why it is in the list. */
export const foundSkuSchema = skuPlanSchema
  .pick({ why: true, detail: true, stop: true, cut: true })
  .extend({
    sku: skuSchema,
    warehouseId: warehouseIdSchema,
    /** Of `to-stop`: the open orders that bring more of it. */
    openOrderIds: z.array(z.string()).optional(),
  })
  .meta({ id: 'FoundByRun' });

export type FoundSku = z.infer<typeof foundSkuSchema>;

/** The files of runs are deleted after 92 days. */
const FILES_KEPT_DAYS = 90;
/** Files that one request reads: a page of rare products may be short. */
const MAX_READS = 10;

export interface FoundDeps {
  readonly runs: Pick<ReplenishmentRunStore, 'batch'>;
  readonly files: Pick<RunFiles, 'read'>;
  readonly clock: () => Date;
}

export interface FoundPage {
  readonly skus: readonly FoundSku[];
  /** The next file and line, as a text; undefined at the end. */
  readonly cursor: string | undefined;
}

interface FoundQuestion {
  readonly kind: FoundKind;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * The products that a run did not plan, would stop, or has cut, in the sequence of its files. A run that is being
 * planned gives those of the files that are done. `files-gone`: the run is too old. `unknown-cursor`: not one of ours.
 */
export async function listFound(
  deps: FoundDeps,
  run: ReplenishmentRun,
  { kind, limit, cursor = '0.0' }: FoundQuestion,
): Promise<Result<FoundPage, 'files-gone' | 'unknown-cursor'>> {
  const at = /^(\d{1,7})\.(\d{1,9})$/.exec(cursor);
  if (at === null) return refused('unknown-cursor');
  if (deps.clock().getTime() - Date.parse(run.startedAt) > FILES_KEPT_DAYS * dayMs)
    return refused('files-gone');
  let [file, line] = [Number(at[1]), Number(at[2])];
  const count = kind === 'cut' ? 1 : (run.batches ?? 0);
  const skus: FoundSku[] = [];
  for (let reads = 0; reads < MAX_READS && file < count; reads += 1) {
    const found = kind === 'cut' ? await cutsOf(deps, run) : await foundIn(deps, run, { file, kind });
    const given = found.slice(line, line + limit - skus.length);
    skus.push(...given);
    line += given.length;
    if (line < found.length) return ok({ skus, cursor: `${file}.${line}` });
    [file, line] = [file + 1, 0];
  }
  return ok({ skus, cursor: file < count ? `${file}.0` : undefined });
}

async function foundIn(
  { runs, files }: FoundDeps,
  { folder }: ReplenishmentRun,
  { file, kind }: { readonly file: number; readonly kind: FoundKind },
): Promise<FoundSku[]> {
  const batch = folder === undefined ? undefined : await runs.batch(folder, file);
  if (batch === undefined) return [];
  const plans = (await files.read(batch.plansKey)).map((line) => skuPlanSchema.parse(line));
  return plans.flatMap((plan) => (kind === 'to-stop' ? stoppedOf(plan) : notPlannedOf(plan)));
}

const notPlannedOf = ({ outcome, sku, warehouseId, why, detail }: SkuPlan): FoundSku[] =>
  outcome === 'not-planned' ? [{ sku, warehouseId, ...defined({ why, detail }) }] : [];

const stoppedOf = ({ sku, warehouseId, stop, stock }: SkuPlan): FoundSku[] =>
  stop === undefined ? [] : [{ sku, warehouseId, stop, openOrderIds: stock?.openOrderIds ?? [] }];

async function cutsOf({ files }: FoundDeps, { needsKey, cut }: ReplenishmentRun): Promise<FoundSku[]> {
  if (needsKey === undefined || cut === undefined || cut.lines === 0) return [];
  const needs = (await files.read(needsKey)).map((line) => proposedNeedSchema.parse(line));
  return needs.flatMap(({ sku, warehouseId, cut: ofNeed }) =>
    ofNeed === undefined ? [] : [{ sku, warehouseId, cut: ofNeed }],
  );
}
